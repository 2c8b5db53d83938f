/**
 * The permission catalogue. A permission is `<area>:read` or `<area>:write`; the scopes of API keys
 * have the same names, so one check serves people and programs.
 */
export const areas = [
  'tenant',
  'billing',
  'members',
  'api_keys',
  'usage',
  'market_data',
  'strategies',
  'backtests',
  'models',
  'accounts',
  'webhooks',
  'audit',
] as const;

/** Areas whose permissions have their names already, but nothing behind them yet. */
const unbuilt: readonly Area[] = ['models', 'accounts', 'webhooks'];

export type Area = (typeof areas)[number];
export type Permission = `${Area}:${'read' | 'write'}`;

export const permissions: readonly Permission[] = areas.flatMap((area): Permission[] => [
  `${area}:read`,
  `${area}:write`,
]);

/** Whether there is anything that the permission lets one do. Only such are offered and given by themselves. */
export function isBuilt(permission: Permission): boolean {
  return !unbuilt.some((area) => permission.startsWith(`${area}:`));
}

export const roles = [
  'owner',
  'admin',
  'manager',
  'trader',
  'analyst',
  'viewer',
  'auditor',
  'billing',
] as const;

export type Role = (typeof roles)[number];

const everythingRead = permissions.filter((permission) => permission.endsWith(':read'));
const research: Permission[] = ['market_data:write', 'strategies:write', 'backtests:write'];
const viewing = everythingRead.filter(
  (permission) => !['billing:read', 'api_keys:read', 'audit:read'].includes(permission),
);

const granted: Record<Role, readonly Permission[]> = {
  owner: permissions,
  admin: permissions,
  manager: [
    ...everythingRead,
    ...research,
    'models:write',
    'accounts:write',
    'usage:write',
    'members:write',
    'api_keys:write',
    'webhooks:write',
  ],
  trader: [...viewing, ...research, 'models:write', 'accounts:write', 'usage:write'],
  analyst: [...viewing, ...research, 'models:write', 'usage:write'],
  viewer: viewing,
  auditor: everythingRead,
  billing: ['tenant:read', 'usage:read', 'billing:read', 'billing:write'],
};

/** Everything a role may do. */
export function permissionsOf(role: Role): readonly Permission[] {
  return granted[role];
}

/** Whether a role includes a permission; scopes and entitlements are other questions. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}
