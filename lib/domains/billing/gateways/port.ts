import type { AddOnVersion, BillingCycle, PlanVersion } from '@/lib/domains/entitlements';
import type { Buyer } from '../buyer/schemas';
import type { Code, Discount } from '../discount/schemas';
import type { ProviderLine } from '../invoice-lines';
import type { Mention, MentionedIds, ProviderRefund, ProviderState } from '../provider-state';
import type { GatewayName, SubscriptionStatus } from '../schemas';
import type { Wish } from '../wish';
import type { Ability } from './abilities';
import type { PendingLines } from './pending-lines';

/** What is sold: a version of a plan, by the cycle. */
export type Offer = { plan: PlanVersion; cycle: BillingCycle };

/** Units of an add-on. */
export type AddOnItem = { version: AddOnVersion; quantity: number };

/** An offer with the add-ons that are sold beside it. */
export type FullOffer = Offer & { addOns: readonly AddOnItem[] };

/** What a discount would be for, and to whom; `customer` is null before there is one. */
export type Sale = { customer: string | null; offer: Offer; now: Date };

/** Discounts of what runs already. */
export type Discounts = {
  /**
   * What a typed code stands for. Throws 422 at the field `path`: `coupon_invalid`, `coupon_expired`,
   * `coupon_used_up`, `coupon_wrong_currency`, `coupon_not_for_plan`.
   */
  find(code: string, sale: Sale, path: string): Promise<Code>;
  /** Whether one that its customer had before would be given to them once more. */
  stillGood(discount: Discount, sale: Sale): Promise<boolean>;
  /** Makes one of the seller's own, for one subscription; once for its `id`. */
  make(one: {
    id: string;
    name: string;
    off: Discount['off'];
    duration: Discount['duration'];
    months: number | null;
  }): Promise<Discount>;
};

/** Whose an object at the provider is; it carries both, so that it is recognised as ours. */
export type OwnIds = { tenantId: string; subscriptionId: string };

/** A subscription to be made for a customer at `now`; `coupon` as it was typed, `discount` one that comes along from before. */
export type Order = OwnIds & {
  customer: string;
  offer: FullOffer;
  coupon: string | null;
  discount: Discount | null;
  now: Date;
};

/** Who invoices are made out to; `name` is the organisation's, for those that named no company. */
export type NamedBuyer = Buyer & { name: string };

/** Where the browser goes when it leaves a page of the provider's. */
export type ReturnUrls = { successUrl: string; cancelUrl: string | null };

/** A page of the provider's where something is entered, and until when it takes it. */
export type CheckoutPage = { id: string; url: string | null; expiresAt: Date };

/** A subscription there, and the terms it had when it was read here. */
export type Standing = { providerId: string; trialing: boolean };

/** `afterChange`: an invoice of a change was made before it. `discount`: had it this one instead of its own. */
export type RenewalPreview = { afterChange?: boolean; discount?: Discount };

/** An invoice that isn't made. Amounts in minor units of `currency`. */
export type InvoicePreview = {
  at: Date;
  currency: string;
  total: number;
  /** What would be collected: the total less the customer's credit. */
  due: number;
  /** The customer's credit before it. */
  creditBefore: number;
  lines: ProviderLine[];
  /** End of the last period that a line covers; null without lines. */
  periodEnd: Date | null;
};

/** What is to be true at the provider. `revision` numbers the wish, so that no call of it has two effects. */
export type Push = {
  subscriptionId: string;
  providerId: string;
  revision: number;
  wish: Wish;
  offer: FullOffer;
  /** What takes the place of `offer` when the period ends. */
  nextOffer: FullOffer | null;
  reason: string | null;
  /** Whether this very wish asks for its discount; one of before may have been used up. */
  asksDiscount: boolean;
  now: Date;
};

/** Money of a paid invoice to be given back, in minor units; `id` is ours and the refund's for ever. */
export type RefundOrder = {
  id: string;
  tenantId: string;
  invoiceProviderId: string;
  amount: number;
  currency: string;
};

/** A provider's own meters, which are told totals and charge nothing: they let it compare. */
export type UsageMeters = {
  /** What a calendar month has come to by `at`, from its beginning; of several words the latest counts. */
  tell(word: { customer: string; meter: string; total: number; at: Date }): Promise<void>;
  /** What it has of a month; null where it was told nothing. */
  read(of: {
    customer: string;
    meter: string;
    month: { start: Date; end: Date };
  }): Promise<number | null>;
};

/** A delivery that was signed for us. */
export type SignedEvent = { id: string; type: string };

/**
 * Whose an event is, as far as it says; either may be missing or made up. `mention`: what it speaks of, where the
 * provider lists none of that.
 */
export type EventOwner = {
  customerId: string | null;
  tenantPublicId: string | null;
  mention?: Mention | null;
};

/** Test clocks: time that stands until it is moved, for customers that aren't charged in earnest. */
export interface Clocks {
  open(at: Date, name: string): Promise<string>;
  /**
   * Moves a clock and waits until all that falls due on the way is done. One that is there already, or on its
   * way, is no fault.
   */
  moveTo(clockId: string, to: Date): Promise<void>;
}

/**
 * What the verbs ask of whoever collects the money. Every call may be repeated: what it makes is keyed
 * by our ids. Throws `payment_failed` (402) for a refused card, `payment_provider_unavailable` (503)
 * while the provider is away.
 */
export interface Gateway {
  readonly name: GatewayName;
  /** Null where a customer can't live in a time of its own. */
  readonly clocks: Clocks | null;
  /** Null where the provider has none. */
  readonly meters: UsageMeters | null;
  /** Null where nothing but periods is collected: there is no use beyond limits then. */
  readonly pendingLines: PendingLines | null;
  /** What it can't do of that which the life of a subscription allows, with what to tell who asks for it. */
  readonly cannot: Partial<Record<Ability, string>>;
  /** What the payer's account is called that is charged with their consent; null: a card is charged. */
  readonly account: string | null;
  /** Whether it lists refunds and disputes; where it doesn't, those are read that its events spoke of. */
  readonly listsMoneyBack: boolean;
  /** What becomes of the paid time while a subscription is paused, for who is about to. */
  readonly pausing: string;
  /** Makes the tenant's customer, the same one however often, and tells who it is. */
  createCustomer(of: {
    tenantId: string;
    name: string;
    email: string | undefined;
    /** The test clock in whose time the customer lives; null: real time. */
    clockId: string | null;
  }): Promise<string>;
  /** Says who the customer's invoices are made out to; null where the provider keeps nothing of that. Throws 422 `tax_id_invalid`. */
  readonly addressCustomer: ((customer: string, buyer: NamedBuyer) => Promise<void>) | null;
  /** Makes an offer known, so that it can be sold. */
  publishOffer(offer: Offer): Promise<void>;
  /** Null where what runs can't be discounted. */
  readonly discounts: Discounts | null;
  /** What a code stands for that a subscription is to begin with. Throws 422 at `coupon`, as `discounts.find` does. */
  findCoupon(code: string, sale: Sale): Promise<Code>;
  /**
   * Begins a trial; without a card at its end the subscription ends with it. Null where nothing begins before
   * the payer agreed: then the page that sells has the trial.
   */
  startTrial(order: Order, trialEndsAt: Date): Promise<{ providerId: string } | null>;
  /** Begins a paid subscription with the customer's card. False when there is no card that is good. */
  startWithCard(order: Order): Promise<boolean>;
  /**
   * Begins a subscription that is collected by invoices, each due so many days after its date as the offer's plan says, and sends
   * the first. Null where the provider sends none.
   */
  readonly startByInvoice: ((order: Order) => Promise<void>) | null;
  /** The page that sells: nothing exists until it is paid, or agreed to where a trial comes first. */
  openSalePage(order: Order, urls: ReturnUrls, trialEndsAt: Date | null): Promise<CheckoutPage>;
  /** The page that takes a card for later. `turn` tells one page of a subscription from the next. */
  openCardPage(
    page: OwnIds & { customer: string; providerId: string; currency: string; turn: string },
    urls: ReturnUrls,
  ): Promise<CheckoutPage>;
  /** False when it can't be closed any more: completed meanwhile. */
  closeCheckout(checkoutId: string): Promise<boolean>;
  /**
   * Tries at once to collect all that is overdue, from what is charged anyway; once for each `attempt`. Throws 402 `payment_failed`
   * when that is declined.
   */
  collectOverdue(of: OwnIds & { providerId: string; attempt: string; now: Date }): Promise<void>;
  /** Makes true what is wished, by those calls alone that are missing. */
  push(push: Push): Promise<void>;
  /**
   * All that the provider says at `now`, invoices from `since` on and what became of payments from `paidSince` on.
   * `checkoutId`: a page that may have been completed meanwhile. `known`: ids there of the subscriptions that are
   * known here. `mentioned`: of refunds and disputes, for a provider that doesn't list them.
   */
  pull(
    customer: string,
    from: {
      checkoutId: string | null;
      since: Date | null;
      paidSince: Date | null;
      known: readonly string[];
      mentioned: MentionedIds;
      now: Date;
    },
  ): Promise<ProviderState>;
  /** Gives money back, once for the order's id, and tells how far that has got. */
  refund(order: RefundOrder): Promise<Pick<ProviderRefund, 'providerId' | 'status' | 'failure'>>;
  /** Ends a subscription that was made twice and pays back what is unused. */
  discard(providerId: string): Promise<void>;
  /** What the next renewal would collect, and null when there is none. */
  previewRenewal(
    standing: Standing,
    offer: FullOffer | null,
    more?: RenewalPreview,
  ): Promise<InvoicePreview | null>;
  /** What a change now would collect at once. */
  previewChange(standing: Standing, offer: FullOffer): Promise<InvoicePreview>;
  /** Whether an error is the provider's last word, which no repetition changes. */
  isRefusal(error: unknown): boolean;
  /** Our word for a status of the provider's. */
  statusOf(providerStatus: string): SubscriptionStatus;
  /** Null for a delivery that isn't to be believed. Throws 503 while it can't be judged. */
  readWebhook(
    rawBody: string,
    header: (name: string) => string | null,
    now: Date,
  ): Promise<SignedEvent | null>;
  /** May ask the provider, where an event itself doesn't say. */
  whoseEvent(body: unknown): EventOwner | Promise<EventOwner>;
}
