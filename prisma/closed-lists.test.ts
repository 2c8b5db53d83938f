import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  gatewaySchema,
  invoiceStatusSchema,
  lineKindSchema,
  subscriptionStatuses,
  wishEnds,
} from '@/lib/domains/billing/schemas';
import { leftOutReasons, moveMoments, moveStates } from '@/lib/domains/billing/moves/schemas';
import { giftStatuses } from '@/lib/domains/billing/discount/requests/schemas';
import {
  disputeStatuses,
  mentionKinds,
  refundStatuses,
} from '@/lib/domains/billing/refunds/schemas';
import { quoteStatuses } from '@/lib/domains/billing/quotes/schemas';
import { overageMeters, overageModes, standings } from '@/lib/domains/billing/overage/schemas';
import {
  billingCycles,
  entitlementSources,
  grantSchema,
  lapseReasons,
  planIds,
} from '@/lib/domains/entitlements/schemas';
import { dunningNotices } from '@/lib/domains/identity/schemas';
import { operatorStatuses } from '@/lib/domains/operator/operators/schemas';
import { movementKinds } from '@/lib/domains/revenue/schemas';
import { tenantStatuses, tenantTypes } from '@/lib/domains/tenancy/schemas';
import { roles } from '@/lib/kernel/access';
import { operatorRoles } from '@/lib/kernel/operator-access';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());

const gateways = gatewaySchema.options;
const grantSources = grantSchema.shape.source.options;

/** Constraints that repeat a list of the code, and the list. */
const LISTS: [string, readonly string[]][] = [
  ['dunning_notice_notice_listed', dunningNotices],
  ['entitlement_lapse_listed', lapseReasons],
  ['billing_customer_gateway_listed', gateways],
  ['code_redemption_gateway_listed', gateways],
  ['discount_request_status_listed', giftStatuses],
  ['dispute_status_listed', disputeStatuses],
  ['entitlement_grant_source_listed', grantSources],
  ['entitlement_source_listed', entitlementSources],
  ['invitation_role_listed', roles],
  ['invoice_gateway_listed', gateways],
  ['invoice_line_kind_listed', lineKindSchema.options],
  // A draft is seen by nobody outside.
  ['invoice_status_listed', ['draft', ...invoiceStatusSchema.options]],
  ['membership_role_listed', roles],
  ['membership_status_listed', ['active', 'pending']],
  ['mrr_change_kind_listed', movementKinds],
  ['plan_draft_plan_id_listed', planIds],
  ['plan_move_moment_listed', moveMoments],
  ['plan_move_part_moment_listed', moveMoments],
  ['plan_move_part_plan_id_listed', planIds],
  ['plan_move_part_reason_listed', leftOutReasons],
  ['plan_move_part_state_listed', moveStates],
  ['plan_reprice_plan_id_listed', planIds],
  ['provider_mention_gateway_listed', gateways],
  ['provider_mention_kind_listed', mentionKinds],
  ['refund_status_listed', refundStatuses],
  ['repriced_tenant_billing_cycle_listed', billingCycles],
  ['quote_status_listed', quoteStatuses],
  ['subscription_billing_cycle_listed', billingCycles],
  ['subscription_event_billing_cycle_listed', billingCycles],
  ['subscription_event_status_listed', subscriptionStatuses],
  ['subscription_gateway_listed', gateways],
  ['subscription_next_cycle_listed', billingCycles],
  ['subscription_status_listed', subscriptionStatuses],
  ['subscription_wish_cycle_listed', billingCycles],
  ['subscription_wish_end_listed', wishEnds],
  ['overage_charge_meter_listed', overageMeters],
  ['overage_charge_mode_listed', overageModes],
  ['overage_charge_standing_listed', standings],
  ['overage_setting_meter_listed', overageMeters],
  ['overage_setting_mode_listed', overageModes],
  ['usage_report_gateway_listed', gateways],
  ['usage_report_meter_listed', overageMeters],
  ['platform_operator_role_listed', operatorRoles],
  ['platform_operator_status_listed', operatorStatuses],
  ['tenant_clock_gateway_listed', gateways],
  ['tenant_held_status_listed', tenantStatuses],
  ['tenant_status_listed', tenantStatuses],
  ['tenant_type_listed', tenantTypes],
];

async function definitions(): Promise<Map<string, string>> {
  const { rows } = await admin.query<{ name: string; text: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint
     WHERE contype = 'c' AND conname LIKE '%\\_listed'`,
  );
  return new Map(rows.map(({ name, text }) => [name, text]));
}

/** The words a condition names. */
const wordsOf = (condition = '') =>
  new Set([...condition.matchAll(/'([^']+)'::text/g)].map((match) => match[1]));

describe('closed lists', () => {
  it.each(LISTS)('%s holds what the code lists', async (name, list) => {
    const text = (await definitions()).get(name) ?? '';
    expect(wordsOf(text)).toEqual(new Set(list));
  });

  it('are all compared here', async () => {
    expect(new Set((await definitions()).keys())).toEqual(new Set(LISTS.map(([name]) => name)));
  });

  it('keep a word out that no list holds', async () => {
    const wrong = admin.query(
      `INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
       VALUES (gen_random_uuid(), 'x', 'x', 'X', 'enterprise', 'frozen', now(), now(), now())`,
    );
    await expect(wrong).rejects.toThrow(/tenant_status_listed/);
  });

  it('have every live status of a subscription in the rule that one lives', async () => {
    const { rows } = await admin.query<{ indexdef: string }>(
      `SELECT indexdef FROM pg_indexes WHERE indexname = 'subscription_one_live'`,
    );
    const live = subscriptionStatuses.filter((status) => status !== 'cancelled');
    expect(wordsOf(rows[0]?.indexdef)).toEqual(new Set(live));
  });
});
