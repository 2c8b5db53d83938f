import type { BillingCycle, PlanId } from '@/lib/domains/entitlements';
import type { Money } from '@/lib/kernel/money';
import type { AddOnUnits } from './add-ons/schemas';
import type { RunningDiscount } from './discount/schemas';
import type { ProviderLine } from './invoice-lines';
import type { InvoiceBuyer } from './invoice-parties';
import type { DisputeStatus, MentionKind } from './refunds/schemas';
import type { Card, GatewayName, SubscriptionStatus } from './schemas';

/** What a price of the catalogue sells. */
export type PlanPrice = { planId: PlanId; planVersion: number; billingCycle: BillingCycle };

/** What a subscription sells: a plan by the cycle, and add-ons by the same cycle. */
export type Terms = PlanPrice & { addOns: AddOnUnits[] };

/** A subscription as the provider has it now. */
export type ProviderSubscription = {
  id: string;
  /** Our id, when we had it made. */
  ownId: string | null;
  status: SubscriptionStatus;
  providerStatus: string;
  /** Null: a price outside the catalogue. */
  plan: Terms | null;
  /** What takes its place when the period ends. */
  next: Terms | null;
  trialEndsAt: Date | null;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  card: Card | null;
  discount: RunningDiscount | null;
  /** What is overdue and on no invoice; null where an open invoice says it, or nothing is. */
  owed: Money | null;
  /** Days after its date on which an invoice is due, where invoices are sent; null: the card is charged. */
  invoiceDays: number | null;
  createdAt: Date;
  moments: ProviderMoments;
};

/** When things came about there that its state shows; null where the provider doesn't tell. */
export type ProviderMoments = {
  begun: Date | null;
  paused: Date | null;
  /** The last time that it went on after a pause, if it ever did. */
  resumed: Date | null;
  /** When the oldest payment that is overdue failed first, or became due. */
  overdue: Date | null;
};

/** An invoice that was issued, as the provider has it now; amounts in minor units of `currency`. */
export type ProviderInvoice = {
  providerId: string;
  subscriptionProviderId: string | null;
  providerNumber: string | null;
  status: 'open' | 'paid' | 'uncollectible' | 'void';
  currency: string;
  subtotal: bigint;
  discount: bigint;
  tax: bigint;
  total: bigint;
  /** Who it is made out to, as the provider wrote it; null where it doesn't know whom it sells to. */
  buyer: InvoiceBuyer | null;
  /** Credit that was used up, or, of a negative total, given. */
  balanceApplied: bigint;
  amountPaid: bigint;
  amountDue: bigint;
  lines: ProviderLine[];
  hostedUrl: string | null;
  issuedAt: Date | null;
  dueAt: Date | null;
  paidAt: Date | null;
  createdAt: Date;
};

/** Money that was given back, as the provider has it now; in minor units. */
export type ProviderRefund = {
  providerId: string;
  /** Our id, when we had it made. */
  ownId: string | null;
  invoiceProviderId: string;
  amount: bigint;
  currency: string;
  status: 'sent' | 'done' | 'failed';
  /** Why it failed. */
  failure: string | null;
  createdAt: Date;
};

/** What a cardholder disputes at their bank, as the provider has it now; in minor units. */
export type ProviderDispute = {
  providerId: string;
  invoiceProviderId: string;
  amount: bigint;
  currency: string;
  status: DisputeStatus;
  reason: string;
  respondBy: Date | null;
  openedAt: Date;
};

/** What an event spoke of, by its id there. */
export type Mention = { kind: MentionKind; providerId: string };

/** Ids there of what is to be looked at, for a provider that lists none of it; `all`: look for what nobody spoke of, too. */
export type MentionedIds = {
  refunds: readonly string[];
  disputes: readonly string[];
  all: boolean;
};

/**
 * What became of a page. `agreed`: its payer did their part, and the subscription begins once the row that waits
 * has taken its id; so it is the row that decides between a consent and a page that is given up.
 */
export type CheckoutStatus = 'open' | 'agreed' | 'complete' | 'expired';

/** Everything the provider says of one customer at one moment. */
export type ProviderState = {
  gateway: GatewayName;
  subscriptions: ProviderSubscription[];
  invoices: ProviderInvoice[];
  refunds: ProviderRefund[];
  disputes: ProviderDispute[];
  /** The checkout that was asked about. */
  checkout: { id: string; status: CheckoutStatus } | null;
  /** When something changes of which the provider won't tell; null: it tells of everything. */
  lookAgainAt: Date | null;
};
