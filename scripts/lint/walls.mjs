import path from 'node:path';

/** The left never imports the right. */
export const DOMAIN_ORDER = [
  'audit',
  'entitlements',
  'tenancy',
  'identity',
  'usage',
  'billing',
  'revenue',
  'gateway',
  'trading',
  'onboarding',
];
/** They hear of others by outbox events, and nobody asks them. */
const LISTENERS = ['notifications', 'analytics', 'integrations', 'support'];
const DOORS_FOR_TRANSPORT = ['audit', 'entitlements', 'identity', 'usage', 'gateway', 'operator'];
const PURE_ROOMS = ['indicators', 'engine'];

const room = (type, pattern = `lib/${type}`) => ({ type, pattern });
const to = (...types) => ({ to: { element: { types: { anyOf: types } } } });
const file = (category) => ({ file: { categories: { anyOf: [category] } } });
const doorsOf = (...names) => ({
  to: {
    element: { type: 'domain', captured: { domain: names } },
    file: { categories: { anyOf: ['door', 'schemas'] } },
  },
});
const anywhere = { element: { types: { anyOf: ['domain', 'trading-room', 'language'] } } };
const every = (category) => ({ to: { ...anywhere, ...file(category) } });
const tradingDoors = {
  to: {
    element: { types: { anyOf: ['trading-room', 'language'] } },
    file: { categories: { anyOf: ['door', 'schemas'] } },
  },
};
/** Arithmetic of a tenant's colours, which the live preview computes in the browser as well. */
const colour = { to: { element: { type: 'kernel' }, ...file('colour') } };
const allow = (from, ...targets) => ({ from: { element: from }, allow: targets });

export const settings = {
  'import/resolver': { [path.join(import.meta.dirname, 'resolve-import.cjs')]: {} },
  'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export'],
  'boundaries/elements': [
    room('kernel'),
    room('infra'),
    room('transport'),
    room('client'),
    room('runtime'),
    room('testing'),
    { type: 'language', pattern: 'lib/domains/trading/strategies/language' },
    { type: 'trading-room', pattern: 'lib/domains/trading/*', capture: ['room'] },
    { type: 'billing-engine', pattern: 'lib/domains/billing/engine' },
    { type: 'domain', pattern: 'lib/domains/*', capture: ['domain'] },
    { type: 'api', pattern: 'app/api' },
    room('app', 'app'),
    room('ui', 'components/ui'),
    room('patterns', 'components/patterns'),
    room('components', 'components'),
    room('prisma', 'prisma'),
    room('sandbox', 'sandbox'),
    room('bench', 'bench'),
    room('prove', 'prove'),
    room('e2e', 'e2e'),
    room('scripts', 'scripts'),
  ],
  'boundaries/files': [
    { category: 'door', pattern: '**/index.ts' },
    { category: 'schemas', pattern: '**/schemas.ts' },
    { category: 'jobs', pattern: '**/jobs.ts' },
    { category: 'colour', pattern: '**/kernel/colour.ts' },
    { category: 'test', pattern: '**/*.test.{ts,tsx}' },
  ],
};

const earlier = (name) => DOMAIN_ORDER.slice(0, DOMAIN_ORDER.indexOf(name));

// The kernel imports nothing, so pages and processes may speak its words (errors, money, ids) as well.
const policies = [
  allow({ type: 'infra' }, to('kernel')),
  allow({ type: 'client' }, to('kernel'), every('schemas')),
  // Primitives know nothing but themselves, patterns no domain; what shows a domain stands on both.
  allow({ type: 'patterns' }, to('ui', 'client'), colour),
  allow({ type: 'components' }, to('ui', 'patterns', 'client'), every('schemas'), colour),
  allow({ type: 'transport' }, to('kernel', 'infra'), doorsOf(...DOORS_FOR_TRANSPORT)),
  allow({ type: 'runtime' }, to('transport', 'infra', 'api', 'prisma', 'kernel'), every('jobs')),
  allow(
    { type: 'app' },
    to('ui', 'patterns', 'components', 'transport', 'client', 'kernel'),
    every('door'),
    every('schemas'),
  ),
  // A handler answers with data, in whatever process it is mounted: it shows nothing.
  allow({ type: 'api' }, to('transport', 'kernel'), every('door'), every('schemas')),
  ...DOMAIN_ORDER.map((domain) =>
    allow(
      { type: 'domain', captured: { domain } },
      to('kernel', 'infra'),
      doorsOf(...earlier(domain)),
    ),
  ),
  ...LISTENERS.map((domain) =>
    allow(
      { type: 'domain', captured: { domain } },
      to('kernel', 'infra'),
      doorsOf(...DOMAIN_ORDER),
    ),
  ),
  allow(
    { type: 'domain', captured: { domain: 'operator' } },
    to('kernel', 'infra'),
    every('door'),
    every('schemas'),
  ),
  // Trading is one domain of many rooms, which see each other, and are seen, through their doors.
  allow(
    { type: 'domain', captured: { domain: ['trading', 'onboarding', ...LISTENERS] } },
    tradingDoors,
  ),
  allow(
    { type: 'trading-room', captured: { room: `!(${PURE_ROOMS.join('|')})` } },
    to('kernel', 'infra', 'language'),
    doorsOf(...earlier('trading')),
    tradingDoors,
  ),
  // Pure: bars in, numbers out; the strategy language compiles into the same world.
  allow(
    [{ type: 'trading-room', captured: { room: PURE_ROOMS } }, { type: 'language' }],
    to('kernel', 'language'),
    { to: { element: { type: 'trading-room', captured: { room: PURE_ROOMS } } } },
  ),
  // Pure as well: a subscription's history in, invoices out. Billing alone asks it, through its door.
  allow({ type: 'billing-engine' }, to('kernel')),
  allow(
    { type: 'domain', captured: { domain: 'billing' } },
    {
      to: { element: { type: 'billing-engine' }, ...file('door') },
    },
  ),
  allow(
    { type: 'prisma' },
    to('kernel', 'infra', 'runtime', 'testing'),
    every('door'),
    every('schemas'),
  ),
  ...['testing', 'bench', 'prove', 'e2e', 'scripts'].map((type) => ({
    from: { element: { type } },
    allow: { to: { element: { types: { anyOf: ['*'] } } } },
  })),
  // Tests see the harness, the processes and the sandbox, and set their scene through any door.
  {
    from: { file: { categories: { anyOf: ['test'] } } },
    allow: [to('testing', 'kernel', 'infra', 'transport', 'runtime', 'sandbox'), every('door')],
  },
];

export const rules = { 'boundaries/dependencies': ['error', { default: 'disallow', policies }] };
