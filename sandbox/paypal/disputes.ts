import { endpoint, NO_BODY } from '@/sandbox/paypal/endpoint';
import { notFound, notImplemented } from '@/sandbox/paypal/errors';
import { baseOf, tell } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { moneyOf, timeOf } from '@/sandbox/paypal/money';
import type { Capture, Dispute } from '@/sandbox/paypal/records';
import { clockOf, requireCapture } from '@/sandbox/paypal/refunds';
import type { Api } from '@/sandbox/stripe/api';

/** So long a seller may answer. */
const RESPONSE_SECONDS = 10 * 86_400;

const STATES: Record<Dispute['status'], string> = {
  OPEN: 'OPEN_INQUIRIES',
  WAITING_FOR_BUYER_RESPONSE: 'REQUIRED_OTHER_PARTY_ACTION',
  WAITING_FOR_SELLER_RESPONSE: 'REQUIRED_ACTION',
  UNDER_REVIEW: 'UNDER_PAYPAL_REVIEW',
  RESOLVED: 'RESOLVED',
};

/** What a list shows of a dispute. */
function summaryOf(api: Api, dispute: Dispute): object {
  const waits = dispute.status === 'WAITING_FOR_SELLER_RESPONSE';
  return {
    dispute_id: dispute.id,
    create_time: timeOf(dispute.created),
    update_time: timeOf(dispute.updated),
    reason: dispute.reason,
    status: dispute.status,
    dispute_state: STATES[dispute.status],
    dispute_amount: moneyOf(dispute.amount, dispute.currency),
    dispute_life_cycle_stage: dispute.stage,
    dispute_channel: 'INTERNAL',
    ...(waits ? { seller_response_due_date: timeOf(dispute.created + RESPONSE_SECONDS) } : {}),
    links: [
      { href: `${baseOf(api)}/v1/customer/disputes/${dispute.id}`, rel: 'self', method: 'GET' },
    ],
  };
}

function transactionOf(capture: Capture): object {
  return {
    seller_transaction_id: capture.id,
    create_time: timeOf(capture.created),
    transaction_status: capture.status,
    gross_amount: moneyOf(capture.amount, capture.currency),
    ...(capture.custom_id ? { custom: capture.custom_id } : {}),
  };
}

function shownDispute(api: Api, dispute: Dispute): object {
  const { outcome, amount, currency } = dispute;
  const given = outcome === 'RESOLVED_BUYER_FAVOUR' || outcome === 'ACCEPTED';
  return {
    ...summaryOf(api, dispute),
    disputed_transactions: [transactionOf(requireCapture(api, dispute.capture))],
    ...(outcome
      ? {
          dispute_outcome: {
            outcome_code: outcome,
            ...(given ? { amount_refunded: moneyOf(amount, currency) } : {}),
          },
        }
      : {}),
  };
}

function tellDispute(api: Api, dispute: Dispute, what: 'CREATED' | 'UPDATED' | 'RESOLVED'): void {
  const clock = clockOf(api, requireCapture(api, dispute.capture));
  const summary = `A dispute was ${what.toLowerCase()}.`;
  tell(api, `CUSTOMER.DISPUTE.${what}`, summary, 'dispute', shownDispute(api, dispute), clock);
}

/** What a payer does at PayPal. */
export function openDispute(
  api: Api,
  capture: Capture,
  { reason, amount, stage }: Pick<Dispute, 'reason' | 'amount' | 'stage'>,
): Dispute {
  const now = api.now(clockOf(api, capture));
  const { currency } = capture;
  const dispute = api.store.put('paypal.dispute', {
    id: newId('PP-D'),
    capture: capture.id,
    reason,
    status: stage === 'INQUIRY' ? 'OPEN' : 'WAITING_FOR_SELLER_RESPONSE',
    stage,
    amount,
    currency,
    outcome: null,
    created: now,
    updated: now,
  });
  tellDispute(api, dispute, 'CREATED');
  return dispute;
}

/** What both sides and PayPal make of it. */
export function moveDispute(
  api: Api,
  { id, capture }: Dispute,
  change: Partial<Pick<Dispute, 'status' | 'stage' | 'outcome'>>,
): Dispute {
  const updated = api.now(clockOf(api, requireCapture(api, capture)));
  const after = api.store.patch('paypal.dispute', id, { ...change, updated });
  tellDispute(api, after, after.status === 'RESOLVED' ? 'RESOLVED' : 'UPDATED');
  return after;
}

export const disputeEndpoints = [
  endpoint('GET /v1/customer/disputes', NO_BODY, ({ api, query }) => {
    const payment = query.get('disputed_transaction_id');
    if (!payment) throw notImplemented('a list of disputes without disputed_transaction_id');
    const items = api.store.all('paypal.dispute').filter(({ capture }) => capture === payment);
    const shown = items.reverse().map((each) => summaryOf(api, each));
    return { status: 200, body: { items: shown, links: [] } };
  }),
  endpoint('GET /v1/customer/disputes/:id', NO_BODY, ({ api, id }) => {
    const found = api.store.find('paypal.dispute', id);
    if (!found) throw notFound(id);
    return { status: 200, body: shownDispute(api, found) };
  }),
];
