import type { StoredLine } from './invoice-lines';
import type { Card, SubscriptionStatus } from './schemas';
import type { PlanPrice } from './sync-catalogue';

/** A subscription as the provider has it now. */
export type ProviderSubscription = {
  id: string;
  /** Our id, when we had it made. */
  ownId: string | null;
  status: SubscriptionStatus;
  providerStatus: string;
  /** Null: a price outside the catalogue. */
  plan: PlanPrice | null;
  trialEndsAt: Date | null;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  card: Card | null;
  createdAt: Date;
};

/** An invoice that was issued, as the provider has it now; amounts in minor units of `currency`. */
export type ProviderInvoice = {
  providerId: string;
  subscriptionProviderId: string | null;
  number: string | null;
  status: 'open' | 'paid' | 'uncollectible' | 'void';
  currency: string;
  subtotal: bigint;
  tax: bigint;
  total: bigint;
  amountPaid: bigint;
  amountDue: bigint;
  lines: StoredLine[];
  periodStart: Date | null;
  periodEnd: Date | null;
  hostedUrl: string | null;
  issuedAt: Date | null;
  dueAt: Date | null;
  paidAt: Date | null;
  createdAt: Date;
};

/** Everything the provider says of one customer at one moment. */
export type ProviderState = {
  subscriptions: ProviderSubscription[];
  invoices: ProviderInvoice[];
  /** The checkout that was asked about. */
  checkout: { id: string; status: 'open' | 'complete' | 'expired' } | null;
};
