import { isPayPalForbidden } from '@/lib/infra/paypal';
import { log } from '@/lib/infra/log';
import type {
  MentionedIds,
  ProviderDispute,
  ProviderRefund,
  ProviderState,
} from '../../provider-state';
import type { DisputeStatus } from '../../refunds/schemas';
import {
  findDispute,
  findRefund,
  listDisputes,
  type PayPalDispute,
  type PayPalRefund,
} from './money-back-calls';
import { centsOf } from './money';
import { standingOf } from './refund';

/** PayPal lists disputes of the last 180 days. */
const DISPUTABLE_MS = 180 * 86_400_000;

/** Outcomes that leave the money with us; where PayPal pays the payer itself, too. */
const KEPT = new Set([
  'RESOLVED_SELLER_FAVOUR',
  'RESOLVED_WITH_PAYOUT',
  'CANCELED_BY_BUYER',
  'DENIED',
]);
const GIVEN = new Set(['RESOLVED_BUYER_FAVOUR', 'ACCEPTED']);

/** An inquiry is between payer and us; from then on PayPal decides. Of a status of tomorrow we know that it is open. */
function disputeStatus(dispute: PayPalDispute): DisputeStatus {
  const inquiry = dispute.dispute_life_cycle_stage === 'INQUIRY';
  const outcome = dispute.dispute_outcome?.outcome_code ?? '';
  if (dispute.status === 'RESOLVED') {
    if (GIVEN.has(outcome)) return 'lost';
    return KEPT.has(outcome) && !inquiry ? 'won' : 'closed';
  }
  if (inquiry) return 'inquiry';
  return dispute.status === 'WAITING_FOR_SELLER_RESPONSE' ? 'needs_response' : 'under_review';
}

/** Null for one that says of no payment of ours. */
function toDispute(dispute: PayPalDispute): ProviderDispute | null {
  const payment = dispute.disputed_transactions[0]?.seller_transaction_id;
  if (!payment) return null;
  return {
    providerId: dispute.dispute_id,
    invoiceProviderId: payment,
    amount: BigInt(centsOf(dispute.dispute_amount)),
    currency: dispute.dispute_amount.currency_code.toLowerCase(),
    status: disputeStatus(dispute),
    reason: dispute.reason.toLowerCase(),
    respondBy: dispute.seller_response_due_date ?? null,
    openedAt: dispute.create_time,
  };
}

function toRefund(refund: PayPalRefund): ProviderRefund | null {
  const payment = refund.links
    .find(({ rel }) => rel === 'up')
    ?.href.split('/')
    .at(-1);
  if (!payment) return null;
  return {
    ...standingOf(refund),
    ownId: refund.custom_id ?? null,
    invoiceProviderId: payment,
    amount: BigInt(centsOf(refund.amount)),
    currency: refund.amount.currency_code.toLowerCase(),
    createdAt: refund.create_time,
  };
}

/** Reading disputes is a permission of its own, which an app may lack; everything else goes on then. */
async function whereAllowed<T>(ask: Promise<T>): Promise<T | null> {
  try {
    return await ask;
  } catch (error) {
    if (!isPayPalForbidden(error)) throw error;
    log().error('PayPal refuses to show disputes: give the app the permission “Customer disputes”');
    return null;
  }
}

async function disputesOf(payments: readonly Payment[], now: Date): Promise<string[]> {
  const ids: string[] = [];
  for (const { id, time } of payments) {
    if (time.getTime() < now.getTime() - DISPUTABLE_MS) continue;
    ids.push(...((await whereAllowed(listDisputes(id))) ?? []));
  }
  return ids;
}

type Payment = { id: string; time: Date };

/**
 * What was given back and what is disputed. PayPal lists no refunds, so those are read that are known or were spoken of; disputes
 * too, and of `payments` all that PayPal has of them.
 */
export async function readMoneyBack(
  { refunds, disputes }: Omit<MentionedIds, 'all'>,
  { payments, now }: { payments: readonly Payment[]; now: Date },
): Promise<Pick<ProviderState, 'refunds' | 'disputes'>> {
  const state: Pick<ProviderState, 'refunds' | 'disputes'> = { refunds: [], disputes: [] };
  for (const id of refunds) {
    const found = await findRefund(id);
    const refund = found && toRefund(found);
    if (refund) state.refunds.push(refund);
  }
  for (const id of new Set([...disputes, ...(await disputesOf(payments, now))])) {
    const found = await whereAllowed(findDispute(id));
    const dispute = found && toDispute(found);
    if (dispute) state.disputes.push(dispute);
  }
  return state;
}
