import type { Money } from '@/sandbox/paypal/money';

export type Link = { href: string; rel: string; method: string };

export type Product = {
  id: string;
  name: string;
  type: string;
  description?: string;
  category?: string;
  create_time: string;
};

export type BillingCycle = {
  frequency: { interval_unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'; interval_count: number };
  tenure_type: 'REGULAR' | 'TRIAL';
  sequence: number;
  /** 0: without end. */
  total_cycles: number;
  pricing_scheme?: { fixed_price: Money };
};

export type Plan = {
  id: string;
  product_id: string;
  name: string;
  description?: string;
  status: 'CREATED' | 'ACTIVE' | 'INACTIVE';
  billing_cycles: BillingCycle[];
  payment_preferences: { auto_bill_outstanding: boolean; payment_failure_threshold: number };
  taxes?: { percentage: string; inclusive: boolean };
  quantity_supported: boolean;
  create_time: string;
  update_time: string;
};

export type SubscriptionStatus =
  | 'APPROVAL_PENDING'
  | 'APPROVED'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'CANCELLED'
  | 'EXPIRED';

/** Money in cents and times in unix seconds; `shownSubscription` writes them as PayPal does. */
export type Subscription = {
  id: string;
  plan: string;
  quantity: number;
  status: SubscriptionStatus;
  status_note: string | null;
  status_changed: number;
  custom_id: string | null;
  created: number;
  start: number;
  subscriber: { email_address: string; name: { given_name: string; surname: string } };
  /** CONTINUE waits for `activate` after the approval. */
  user_action: 'SUBSCRIBE_NOW' | 'CONTINUE';
  outstanding: number;
  currency: string;
  failed_payments: number;
  last_payment: { amount: number; time: number } | null;
  next_billing: number | null;
  /** How many cycles of each sequence are done, and when the running sequence began. */
  done: Record<number, number>;
  sequence_began: number;
  /** Cycles of it that passed while it was suspended, and are never charged. */
  skipped: number;
  /** The clock in whose time it lives; null: the sandbox's own. */
  test_clock: string | null;
  /** Whether the payer's account pays; the approval page and the control endpoint say. */
  pays: boolean;
};

/** One movement of money to the seller: by an order, or by a subscription. */
export type Capture = {
  id: string;
  order: string | null;
  subscription: string | null;
  amount: number;
  refunded: number;
  currency: string;
  custom_id: string | null;
  invoice_id: string | null;
  status: 'COMPLETED' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
  created: number;
};

export type Refund = {
  id: string;
  capture: string;
  amount: number;
  currency: string;
  custom_id: string | null;
  invoice_id: string | null;
  note: string | null;
  /** PENDING while it comes from the seller's bank account, by eCheck. */
  status: 'PENDING' | 'COMPLETED' | 'FAILED';
  created: number;
  updated: number;
};

export type DisputeStatus =
  | 'OPEN'
  | 'WAITING_FOR_BUYER_RESPONSE'
  | 'WAITING_FOR_SELLER_RESPONSE'
  | 'UNDER_REVIEW'
  | 'RESOLVED';

/** What a payer disputes of one payment. Money in cents, times in unix seconds. */
export type Dispute = {
  id: string;
  capture: string;
  reason: string;
  status: DisputeStatus;
  stage: 'INQUIRY' | 'CHARGEBACK';
  amount: number;
  currency: string;
  outcome: string | null;
  created: number;
  updated: number;
};

export type PurchaseUnit = {
  reference_id: string;
  amount: Money;
  description?: string | undefined;
  custom_id?: string | undefined;
  invoice_id?: string | undefined;
};

export type Order = {
  id: string;
  intent: 'CAPTURE';
  status: 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED';
  purchase_unit: PurchaseUnit;
  capture: string | null;
  pays: boolean;
  created: number;
};

/** A page that a payer was sent to; it answers once. */
export type Approval = {
  id: string;
  kind: 'subscription' | 'revision' | 'order';
  of: string;
  brand: string;
  return_url: string | null;
  cancel_url: string | null;
  answered: boolean;
  revision: { plan: string; quantity: number } | null;
};

export type Webhook = { id: string; url: string; event_types: { name: string }[] };

export type PayPalEvent = {
  id: string;
  event_version: '1.0';
  create_time: string;
  resource_type: string;
  resource_version: string;
  event_type: string;
  summary: string;
  resource: object;
  links: Link[];
};

/** Every table of the PayPal side; all of it lives in the sandbox's one store. */
export interface PayPalTables {
  'paypal.product': Product;
  'paypal.plan': Plan;
  'paypal.subscription': Subscription;
  'paypal.capture': Capture;
  'paypal.refund': Refund;
  'paypal.dispute': Dispute;
  /** One row: whether the seller's refunds come from their bank account, which takes days. */
  'paypal.seller': { id: 'seller'; refunds_by_echeck: boolean };
  'paypal.order': Order;
  'paypal.approval': Approval;
  'paypal.webhook': Webhook;
  'paypal.event': PayPalEvent;
  'paypal.token': { id: string; expires: number };
  'paypal.answer': { id: string; print: string; status: number; body: string };
  'paypal.key': { id: string; private_key: string; certificate: string };
}
