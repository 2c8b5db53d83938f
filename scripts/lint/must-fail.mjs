/** Files that break nothing and that the others import: [file, source]. */
export const SOUND = [
  ['app/api/v1/things/route.ts', "export { things as GET } from '@/lib/domains/usage';"],
  ['components/billing/plan.ts', "export { chart as plan } from '../patterns/chart';"],
  ['components/patterns/chart.ts', "export { card as chart } from '@/components/ui/card';"],
  ['components/ui/card.ts', 'export const card = 1;'],
  ['lib/client/keys.ts', "export { id as keyId } from '@/lib/kernel/ids';"],
  ['lib/domains/audit/index.ts', "export { id as audited } from '@/lib/kernel/ids';"],
  ['lib/domains/billing/index.ts', "export { things as billed } from '@/lib/domains/usage';"],
  ['lib/domains/billing/jobs.ts', 'export const billingJobs = 1;'],
  ['lib/domains/billing/engine/index.ts', "export { id as charged } from '@/lib/kernel/ids';"],
  ['lib/domains/billing/preview.ts', "export { charged as previewed } from './engine';"],
  [
    'lib/domains/billing/schemas.ts',
    "export { thing as bill } from '@/lib/domains/usage/schemas';",
  ],
  ['lib/domains/entitlements/index.ts', "export { audited } from '@/lib/domains/audit';"],
  ['lib/domains/gateway/index.ts', "export { billed } from '@/lib/domains/billing';"],
  ['lib/domains/identity/index.ts', 'export const person = 1;'],
  ['lib/domains/identity/internal.ts', 'export const hidden = 1;'],
  ['lib/domains/notifications/index.ts', "export { person } from '@/lib/domains/identity';"],
  ['lib/domains/onboarding/index.ts', "export { strategy } from '@/lib/domains/trading';"],
  [
    'lib/domains/onboarding/count.ts',
    "export { strategy as counted } from '../trading/strategies';",
  ],
  ['lib/domains/operator/index.ts', "export { strategy } from '@/lib/domains/trading';"],
  ['lib/domains/tenancy/index.ts', 'export const tenant = 1;'],
  ['lib/domains/trading/engine/index.ts', "export { sma as ran } from '../indicators';"],
  ['lib/domains/trading/index.ts', "export { strategy } from './strategies';"],
  ['lib/domains/trading/indicators/index.ts', 'export const sma = 1;'],
  ['lib/domains/trading/market-data/index.ts', "export { db as bars } from '@/lib/infra/db';"],
  ['lib/domains/trading/strategies/index.ts', "export { compile as strategy } from './language';"],
  ['lib/domains/trading/strategies/internal.ts', 'export const hidden = 1;'],
  ['lib/domains/trading/strategies/language/index.ts', 'export const compile = 1;'],
  ['lib/domains/usage/index.ts', "export { db as things } from '@/lib/infra/db';"],
  ['lib/domains/usage/schemas.ts', 'export const thing = 1;'],
  ['lib/infra/db/index.ts', "export { id as db } from '@/lib/kernel/ids';"],
  ['lib/kernel/ids.ts', 'export const id = 1;'],
  ['lib/runtime/worker.ts', "export { billingJobs } from '@/lib/domains/billing/jobs';"],
  ['lib/runtime/gateway.ts', "export { GET } from '@/app/api/v1/things/route';"],
  ['lib/testing/factory.ts', "export { strategy } from '@/lib/domains/trading';"],
  ['lib/transport/route.ts', "export { person } from '@/lib/domains/identity';"],
  ['sandbox/main.ts', 'export const played = 1;'],
];

const WALL = 'boundaries(dependencies)';
const RESTRICTED = 'eslint(no-restricted-imports)';
const take = (what, from) => `import { ${what} } from '${from}';\nexport const taken = ${what};\n`;

const ORDER = [
  ['audit', 'entitlements', 'audited'],
  ['entitlements', 'tenancy', 'tenant'],
  ['tenancy', 'identity', 'person'],
  ['identity', 'usage', 'things'],
  ['usage', 'billing', 'billed'],
  ['billing', 'gateway', 'billed'],
  ['gateway', 'trading', 'strategy'],
  ['trading', 'onboarding', 'strategy'],
];

/** Each rule broken once: [file, source, the rule that must report it]. */
export const BROKEN = [
  // The import table, row by row.
  ['app/billing/inner.ts', take('hidden', '@/lib/domains/identity/internal'), WALL],
  ['app/billing/database.ts', take('db', '@/lib/infra/db'), WALL],
  ['app/billing/runtime.ts', take('GET', '@/lib/runtime/gateway'), WALL],
  ['app/billing/sandbox.ts', take('played', '@/sandbox/main'), WALL],
  ['app/api/v1/others/route.ts', take('db', '@/lib/infra/db'), WALL],
  ['app/api/v1/shown/route.ts', take('card', '@/components/ui/card'), WALL],
  ['app/api/v1/cached/route.ts', take('keyId', '@/lib/client/keys'), WALL],
  ['components/ui/asks-a-domain.ts', take('billed', '@/lib/domains/billing'), WALL],
  ['components/ui/builds-a-ctx.ts', take('person', '@/lib/transport/route'), WALL],
  ['components/ui/database.ts', take('db', '@/lib/infra/db'), WALL],
  ['components/ui/kernel.ts', take('id', '@/lib/kernel/ids'), WALL],
  ['components/ui/pattern.ts', take('chart', '@/components/patterns/chart'), WALL],
  ['components/patterns/plan.ts', take('plan', '@/components/billing/plan'), WALL],
  ['components/patterns/domain.ts', take('bill', '@/lib/domains/billing/schemas'), WALL],
  ['lib/client/asks-a-domain.ts', take('billed', '@/lib/domains/billing'), WALL],
  ['lib/client/database.ts', take('db', '@/lib/infra/db'), WALL],
  ['lib/client/component.ts', take('card', '@/components/ui/card'), WALL],
  ['lib/transport/billing.ts', take('billed', '@/lib/domains/billing'), WALL],
  ['lib/transport/inner.ts', take('hidden', '@/lib/domains/identity/internal'), WALL],
  ['lib/transport/component.ts', take('card', '@/components/ui/card'), WALL],
  ['lib/runtime/asks-a-domain.ts', take('billed', '@/lib/domains/billing'), WALL],
  ['lib/runtime/component.ts', take('card', '@/components/ui/card'), WALL],
  ['lib/domains/usage/transport.ts', take('person', '@/lib/transport/route'), WALL],
  ['lib/domains/usage/client.ts', take('keyId', '@/lib/client/keys'), WALL],
  ['lib/domains/usage/page.ts', take('GET', '@/app/api/v1/things/route'), WALL],
  ['lib/domains/usage/component.ts', take('card', '@/components/ui/card'), WALL],
  ['lib/domains/usage/runtime.ts', take('GET', '@/lib/runtime/gateway'), WALL],
  ['lib/domains/usage/harness.ts', take('strategy', '@/lib/testing/factory'), WALL],
  ['lib/domains/usage/sandbox.ts', take('played', '@/sandbox/main'), WALL],
  ['lib/domains/usage/inner.ts', take('hidden', '@/lib/domains/identity/internal'), WALL],
  [
    'lib/domains/usage/type-only.ts',
    "import type { billed } from '@/lib/domains/billing';\nexport type Billed = typeof billed;",
    WALL,
  ],
  ['lib/domains/usage/dynamic.ts', "export const late = import('@/lib/domains/billing');", WALL],
  ['lib/domains/usage/passed-on.ts', "export { billed } from '@/lib/domains/billing';", WALL],
  ['lib/infra/db/asks-a-domain.ts', take('person', '@/lib/domains/identity'), WALL],
  ['lib/infra/db/transport.ts', take('person', '@/lib/transport/route'), WALL],
  ['lib/kernel/database.ts', take('db', '@/lib/infra/db'), WALL],
  ['sandbox/product.ts', take('db', '@/lib/infra/db'), WALL],
  // The order of domains: each asks its right neighbour; and listeners are not asked.
  ...ORDER.map(([left, right, name]) => [
    `lib/domains/${left}/asks-${right}.ts`,
    take(name, `@/lib/domains/${right}`),
    WALL,
  ]),
  ['lib/domains/billing/asks-a-room.ts', take('strategy', '../trading/strategies'), WALL],
  ['lib/domains/onboarding/inner.ts', take('hidden', '../trading/strategies/internal'), WALL],
  ['lib/domains/onboarding/tells.ts', take('person', '@/lib/domains/notifications'), WALL],
  // Purity.
  ['lib/domains/billing/engine/database.ts', take('db', '@/lib/infra/db'), WALL],
  ['lib/domains/billing/engine/rules.ts', take('bill', '../schemas'), WALL],
  ['lib/domains/gateway/charge.ts', take('charged', '@/lib/domains/billing/engine'), WALL],
  ['lib/domains/trading/engine/database.ts', take('db', '@/lib/infra/db'), WALL],
  ['lib/domains/trading/engine/bars.ts', take('bars', '../market-data'), WALL],
  ['lib/domains/trading/engine/disk.ts', take('readFile', 'node:fs/promises'), RESTRICTED],
  ['lib/domains/trading/engine/package.ts', take('Decimal', 'decimal.js'), RESTRICTED],
  [
    'lib/domains/trading/engine/network.ts',
    "export const taken = () => fetch('/');",
    'eslint(no-restricted-globals)',
  ],
  ['lib/domains/trading/indicators/bars.ts', take('bars', '../market-data'), WALL],
  ['lib/domains/trading/indicators/disk.ts', take('readFile', 'node:fs/promises'), RESTRICTED],
  ['lib/domains/trading/strategies/language/database.ts', take('db', '@/lib/infra/db'), WALL],
  // Frameworks stay outside.
  ['app/api/v1/pages/route.ts', take('NextResponse', 'next/server'), RESTRICTED],
  ['lib/domains/usage/cookies.ts', take('cookies', 'next/headers'), RESTRICTED],
  ['lib/kernel/hooks.ts', take('useState', 'react'), RESTRICTED],
  // The shape of code.
  ['lib/kernel/round.ts', take('about', './about'), 'import(no-cycle)'],
  [
    'lib/kernel/about.ts',
    "import { taken } from './round';\nexport const about = taken;",
    'import(no-cycle)',
  ],
  ['lib/kernel/anything.ts', 'export const any = (x: any) => x;', 'typescript(no-explicit-any)'],
  ['lib/kernel/env.ts', 'export const home = process.env.HOME;', 'node(no-process-env)'],
  ['lib/kernel/default.ts', 'export default 1;', 'import(no-default-export)'],
  [
    'lib/kernel/silenced.ts',
    '// @ts-ignore\nexport const one: number = 1;',
    'typescript(ban-ts-comment)',
  ],
  [
    'lib/kernel/unawaited.ts',
    'async function work() {}\nexport function begin() {\n  work();\n}',
    'typescript(no-floating-promises)',
  ],
  ['lib/kernel/long-file.ts', lines(251), 'eslint(max-lines)'],
  [
    'lib/kernel/long-function.ts',
    `export function long() {\n${'  void 0;\n'.repeat(60)}}`,
    'eslint(max-lines-per-function)',
  ],
  [
    'lib/kernel/skipped.test.ts',
    "import { expect, test } from 'vitest';\ntest.skip('never', () => {\n  expect(1).toBe(2);\n});",
    'vitest(no-disabled-tests)',
  ],
];

function lines(count) {
  return Array.from({ length: count }, (_, index) => `export const line${index} = ${index};`).join(
    '\n',
  );
}
