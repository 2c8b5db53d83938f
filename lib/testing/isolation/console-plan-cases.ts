import { billingCycles, limitNames } from '@/lib/domains/entitlements/schemas';
import { type ConsoleCases, consoleFolder, type Fields } from './console-case';
import { FORMER_VERSION } from './plan-move';
import type { TwoTenants } from './two-tenants';

/** The editor's form of Institutional, which is sold by quote: no payment provider is asked when it is published. */
const planFields = (revision: number, trialDays: string): Fields => ({
  id: 'institutional',
  revision: String(revision),
  name: 'Institutional',
  trial_days: trialDays,
  ...Object.fromEntries(billingCycles.map((cycle) => [`prices.${cycle}`, ''])),
  ...Object.fromEntries(limitNames.map((limit) => [`limits.${limit}`, ''])),
  'overage.api_calls': '',
});
/** The form that moves those who have an older version. */
const moveFields = (): Fields => ({
  id: 'professional',
  to_version: '1',
  'from_versions[]': String(FORMER_VERSION),
  moment: 'renewal',
  notice_days: '14',
});

/** What decides over plans. */
export const consolePlanCases = (world: TwoTenants): ConsoleCases => ({
  [`${consoleFolder}/plans/actions.ts saveDraftAction`]: {
    fields: async () => {
      await world.admin.query('DELETE FROM plan_draft');
      return planFields(0, '199');
    },
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts repriceAction`]: {
    fields: () => ({ id: 'institutional', months: '6' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts publishDraftAction`]: {
    fields: () => ({ id: 'institutional', revision: '1' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts archivePlanAction`]: {
    fields: () => ({ id: 'enterprise', version: '1' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts discardDraftAction`]: {
    fields: async () => {
      await world.admin.query(
        `INSERT INTO plan_draft (plan_id, revision, content, updated_at) VALUES ('enterprise', 1, '{}', now())
         ON CONFLICT DO NOTHING`,
      );
      return { id: 'enterprise', revision: '1' };
    },
    roles: ['admin'],
  },
  [`${consoleFolder}/plans/actions.ts previewMoveAction`]: { fields: moveFields, roles: ['admin'] },
  // Nobody has the version before.
  [`${consoleFolder}/plans/actions.ts moveAction`]: {
    fields: moveFields,
    roles: ['admin'],
    told: 409,
  },
  [`${consoleFolder}/plans/actions.ts cancelMoveAction`]: {
    fields: () => ({ id: 'professional', move_id: world.owned.planMove }),
    roles: ['admin'],
  },
});
