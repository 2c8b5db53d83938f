import type { Api } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import type { Charge, Dispute } from '@/sandbox/stripe/wire';

/** How long a merchant has to answer, in seconds. */
const TO_ANSWER = 9 * 86_400;

const EVIDENCE: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** The cardholder tells the bank that they didn't pay this: an inquiry takes nothing yet, a chargeback all of it. */
export function openDispute(api: Api, charge: Charge, kind: 'chargeback' | 'inquiry'): Dispute {
  const inquiry = kind === 'inquiry';
  const now = api.now(api.clockOf(charge.customer));
  const dispute = api.create('dispute', {
    id: newId('du'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: EVIDENCE,
    evidence_details: {
      due_by: now + TO_ANSWER,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: charge.payment_method_details?.card?.brand ?? 'visa',
        case_type: kind,
        network: 'visa',
        network_reason_code: '10',
      },
      type: 'card',
    },
    reason: 'fraudulent',
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  });
  api.store.patch('charge', charge.id, { disputed: true });
  return dispute;
}

/** The bank decides; an inquiry that goes no further is closed. */
export function closeDispute(api: Api, id: string, outcome: 'won' | 'lost'): Dispute {
  const { status } = api.store.get('dispute', id);
  const inquiry = status.startsWith('warning_');
  return api.update(
    'dispute',
    id,
    { status: inquiry ? 'warning_closed' : outcome },
    'charge.dispute.closed',
  );
}
