/**
 * What operators of the platform may do. They have a role of their own, apart from any tenant: support
 * looks, finance sees revenue and moves money, admins decide over tenants and over what is sold.
 */
export const operatorRoles = ['support', 'finance', 'admin'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

export const operatorPermissions = [
  'platform:read',
  'revenue:read',
  'money:write',
  'tenants:write',
  'catalogue:write',
  'operators:write',
] as const;
export type OperatorPermission = (typeof operatorPermissions)[number];

const granted: Record<OperatorRole, readonly OperatorPermission[]> = {
  support: ['platform:read'],
  finance: ['platform:read', 'revenue:read', 'money:write'],
  admin: operatorPermissions,
};

/** Whether a platform role includes a permission. */
export function operatorAllows(role: OperatorRole, permission: OperatorPermission): boolean {
  return granted[role].includes(permission);
}
