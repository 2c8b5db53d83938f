import { invalid } from '@/sandbox/http/errors';
import type { Api } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import type { Job } from '@/sandbox/stripe/once';
import type { Charge, Refund } from '@/sandbox/stripe/wire';

/** In seconds. */
const TO_SETTLE = 3_600;

export type NewRefund = {
  charge: string;
  amount?: number | undefined;
  reason?: string | null;
  metadata?: Record<string, string>;
};

/** The amount that is meant, if the charge has as much left to give. */
function refundable(api: Api, charge: Charge, asked: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.refunded || left === 0)
    throw invalid(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    );
  const disputes = api.store.all('dispute').filter((each) => each.charge === charge.id);
  if (disputes.some((each) => !each.is_charge_refundable && each.status !== 'won'))
    throw invalid(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      'charge_disputed',
    );
  const amount = asked ?? left;
  if (amount < 1)
    throw invalid(
      'This value must be greater than or equal to 1.',
      'amount',
      'parameter_invalid_integer',
    );
  if (amount > left)
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    );
  return amount;
}

/** Gives money of a charge back, all that is left unless an amount (minor units) is named. */
export function createRefund(api: Api, input: NewRefund): Refund {
  const charge = api.require('charge', input.charge, 'charge');
  const amount = refundable(api, charge, input.amount);
  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: api.now(api.clockOf(charge.customer)),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: 'pending',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    },
    metadata: input.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: behaviourOf(api, charge) === 'refund_pends' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  api.create('refund', refund);
  const refunded = charge.amount_refunded + amount;
  api.update(
    'charge',
    charge.id,
    { amount_refunded: refunded, refunded: refunded === charge.amount_captured },
    'charge.refunded',
  );
  return refund;
}

function behaviourOf(api: Api, { payment_method }: Charge) {
  return api.store.find('_card', payment_method)?.behaviour;
}

function succeed(api: Api, refund: Refund): void {
  api.update('refund', refund.id, { status: 'succeeded' });
}

/** The bank sends it back: the charge counts as not refunded by so much. */
function fail(api: Api, refund: Refund, charge: Charge): void {
  api.update(
    'refund',
    refund.id,
    { status: 'failed', failure_reason: 'expired_or_canceled_card' },
    'refund.failed',
  );
  api.update('charge', charge.id, {
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  });
}

/** What becomes of refunds to cards that are for that, an hour later. */
export function refundJobs(api: Api, clock: string | null): Job[] {
  return api.store.all('refund').flatMap((refund) => {
    const charge = api.store.find('charge', refund.charge);
    if (!charge || api.clockOf(charge.customer) !== clock) return [];
    const at = refund.created + TO_SETTLE;
    if (refund.status === 'pending') return [{ at, run: () => succeed(api, refund) }];
    const fails = refund.status === 'succeeded' && behaviourOf(api, charge) === 'refund_fails';
    return fails ? [{ at, run: () => fail(api, refund, charge) }] : [];
  });
}
