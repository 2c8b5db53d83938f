import { limitNames } from '@/lib/domains/entitlements/schemas';
import { newId, parsePublicId, publicId } from '@/lib/kernel/ids';
import { makeOperator } from '../operator-world';
import { askedDiscount } from './asked-discount';
import { type ConsoleCases, consoleFolder, type Fields } from './console-case';
import { consolePlanCases } from './console-plan-cases';
import { waitingRefund } from './give-back';
import type { TwoTenants } from './two-tenants';

/** A refund that waits: the last one, or another where that was decided. */
async function refundToDecide(world: TwoTenants): Promise<string> {
  const { rows } = await world.admin.query<{ id: string }>(
    `SELECT id FROM refund WHERE status = 'requested'`,
  );
  if (rows[0]) return publicId('refund', rows[0].id);
  const invoice = parsePublicId('invoice', world.owned.invoice) ?? '';
  return waitingRefund(world.admin, world.victim.uuid, invoice, 'Charged by mistake');
}
/** A discount that waits: the last one, or another where that was decided. */
async function discountToDecide(world: TwoTenants): Promise<string> {
  const { rows } = await world.admin.query<{ id: string }>(
    `SELECT id FROM discount_request WHERE status = 'requested'`,
  );
  if (rows[0]) return publicId('discountRequest', rows[0].id);
  const subscription = parsePublicId('subscription', world.owned.subscription) ?? '';
  return askedDiscount(world.admin, world.victim.uuid, subscription, 'A partner of ours');
}
/** The editor's form of a quote: a year for 120.00, limits left open. */
const quoteFields = (world: TwoTenants): Fields => ({
  id: world.owned.quote,
  draft_revision: '0',
  price: '120',
  currency: 'usd',
  billing_cycle: 'annual',
  net_days: '30',
  valid_until: '2199-12-31',
  ...Object.fromEntries(limitNames.map((limit) => [`limits.${limit}`, ''])),
  'overage.api_calls': '',
});
/** What everybody who is through may do to their own account, and fields that change nothing. */
export const ownActs = [
  'changeOwnPasswordAction',
  'endOtherSessionsAction',
  'endOwnSessionAction',
  'renewRecoveryCodesAction',
  'turnOffSecondFactorAction',
] as const;
/** An operator beside those who act, who stands so. Answers the public id. */
async function colleague(
  world: TwoTenants,
  status: 'active' | 'invited' | 'disabled',
): Promise<string> {
  const email = `${status}@operators.example`;
  const find = () =>
    world.admin.query<{ id: string }>('SELECT id FROM platform_operator WHERE email = $1', [email]);
  let [row] = (await find()).rows;
  if (!row) {
    await makeOperator(world.admin, 'support', email);
    [row] = (await find()).rows;
  }
  await world.admin.query(
    `UPDATE platform_operator SET status = $2, role = 'support', password_hash = CASE WHEN $2 <> 'invited' THEN 'unusable' END WHERE email = $1`,
    [email, status],
  );
  return publicId('operator', row?.id ?? '');
}
/** Fields as a form would send them, and the roles that may. Null: for whoever signs in, at that stage. */
export const consoleCases = (world: TwoTenants): ConsoleCases => ({
  '/app/admin/(entry)/join/actions.ts joinAction': null,
  '/app/admin/(entry)/sign-in/actions.ts signInAction': null,
  '/app/admin/(entry)/verify/actions.ts proveCodeAction': null,
  '/app/admin/actions.ts confirmSecondFactorAction': null,
  '/app/admin/actions.ts startSecondFactorAction': null,
  [`${consoleFolder}/discounts/actions.ts approveDiscountAction`]: {
    fields: async () => ({ id: await discountToDecide(world) }),
    roles: ['admin', 'finance'],
    told: 409,
  },
  [`${consoleFolder}/discounts/actions.ts refuseDiscountAction`]: {
    fields: async () => ({ id: await discountToDecide(world), reason: 'Not what we agreed on' }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/drift/actions.ts healDriftAction`]: {
    fields: async () => {
      // What the role before accepted differs again.
      await world.admin.query('UPDATE billing_drift SET accepted_at = NULL');
      return { id: world.owned.drift, cure: 'take_theirs' };
    },
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/operators/actions.ts addOperatorAction`]: {
    fields: () => ({ name: 'Second', email: `${newId()}@operators.example`, role: 'support' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/operators/actions.ts resendInvitationAction`]: {
    fields: async () => ({ id: await colleague(world, 'invited') }),
    roles: ['admin'],
  },
  [`${consoleFolder}/operators/actions.ts withdrawInvitationAction`]: {
    fields: async () => ({ id: await colleague(world, 'invited'), reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/operators/actions.ts changeOperatorAction`]: {
    fields: async () => ({
      id: await colleague(world, 'active'),
      role: 'finance',
      reason: 'A good reason',
    }),
    roles: ['admin'],
  },
  [`${consoleFolder}/operators/actions.ts resetPasswordAction`]: {
    fields: async () => ({ id: await colleague(world, 'active'), reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/operators/actions.ts disableOperatorAction`]: {
    fields: async () => ({ id: await colleague(world, 'active'), reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/operators/actions.ts enableOperatorAction`]: {
    fields: async () => ({ id: await colleague(world, 'disabled'), reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/operators/actions.ts forgetSecondFactorAction`]: {
    fields: async () => ({ id: await colleague(world, 'active'), reason: 'A good reason' }),
    roles: ['admin'],
    // None is set up.
    told: 409,
  },
  ...Object.fromEntries(
    ownActs.map((name) => [`${consoleFolder}/security/actions.ts ${name}`, null]),
  ),
  ...consolePlanCases(world),
  [`${consoleFolder}/quotes/actions.ts createQuoteAction`]: {
    fields: () => ({ tenant_id: world.attacker.id }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/quotes/actions.ts saveQuoteDraftAction`]: {
    fields: async () => {
      await world.admin.query('UPDATE quote SET draft = NULL, draft_revision = 0');
      return quoteFields(world);
    },
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/quotes/actions.ts sendQuoteAction`]: {
    fields: () => ({ id: world.owned.quote, draft_revision: '1' }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/quotes/actions.ts withdrawQuoteAction`]: {
    fields: () => ({ id: world.owned.quote, reason: 'A good reason' }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/refunds/actions.ts requestRefundAction`]: {
    fields: () => ({
      request_key: newId(),
      invoice_id: world.owned.invoice,
      currency: 'usd',
      share: 'part',
      amount: '1.00',
      reason: 'Charged by mistake',
    }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/refunds/actions.ts approveRefundAction`]: {
    fields: async () => ({ id: await refundToDecide(world) }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/refunds/actions.ts refuseRefundAction`]: {
    fields: async () => ({ id: await refundToDecide(world), reason: 'Not owed to them' }),
    roles: ['admin', 'finance'],
  },
  [`${consoleFolder}/tenants/actions.ts suspendTenantAction`]: {
    fields: () => ({ id: world.victim.id, slug: world.victim.slug, reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/tenants/actions.ts liftSuspensionAction`]: {
    fields: () => ({ id: world.victim.id, slug: world.victim.slug, reason: 'A good reason' }),
    roles: ['admin'],
  },
  [`${consoleFolder}/tenants/actions.ts moveClockAction`]: {
    fields: () => ({
      id: world.victim.id,
      to: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    }),
    roles: ['admin'],
  },
  [`${consoleFolder}/tenants/actions.ts giveDiscountAction`]: {
    fields: () => ({
      id: world.victim.id,
      kind: 'percent',
      value: '20',
      duration: 'once',
      reason: 'A good reason',
    }),
    roles: ['admin', 'finance'],
    told: 409,
  },
  [`${consoleFolder}/tenants/actions.ts removeDiscountAction`]: {
    fields: () => ({ id: world.victim.id, reason: 'A good reason' }),
    roles: ['admin', 'finance'],
    told: 409,
  },
  [`${consoleFolder}/webhooks/actions.ts replayWebhookAction`]: {
    fields: () => ({ provider: 'stripe', event_id: 'evt_1' }),
    roles: ['admin', 'finance'],
  },
});
