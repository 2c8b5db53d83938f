import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import {
  composeInvoice,
  type Invoice,
  type Line,
  type Outcome,
  share,
  startAccount,
} from '../../engine';
import type { ProviderLine } from '../../invoice-lines';
import type { ProviderInvoice } from '../../provider-state';
import { type Live, type Transaction, wasPaid } from './calls';
import type { PayPalPlan } from './catalogue';
import { cycleAt } from './from-paypal';
import { centsOf } from './money';
import { readReference } from './reference';

/** So much later than it was asked for may a payment be stamped. */
const STAMP_SECONDS = 120;
/** What one payment can catch up on, in periods. */
const MOST_PERIODS = 12;

type Span = Line['period'];
type Sale = {
  live: Live;
  plan: PayPalPlan;
  at: number;
  amount: number;
  first: boolean;
  /** Periods whose payment failed and wasn't made up for, oldest first. */
  owed: readonly Span[];
};

function periodLine(plan: PayPalPlan, period: Line['period'], amount: number): Line {
  return {
    kind: 'period',
    key: plan.terms.planId,
    quantity: 1,
    amount,
    discount: 0,
    period,
    proration: null,
    overage: null,
  };
}

const spanAt = ({ live, plan }: Pick<Sale, 'live' | 'plan'>, at: number): Line['period'] => {
  const { start, end } = cycleAt(live, plan, dateOf(at));
  return { start: secondsOf(start), end: secondsOf(end) };
};

/** The periods that failed, when that is what a payment is for: alone, or with the one in which it is taken. */
function caughtUp({ owed, first, ...sale }: Sale, count: number): readonly Span[] | null {
  if (owed.length === 0) return null;
  if (count === owed.length) return owed;
  const now = spanAt(sale, sale.at);
  const added =
    first && count === owed.length + 1 && !owed.some(({ start }) => start === now.start);
  return added ? [...owed, now] : null;
}

/** Whole periods, the running one last: PayPal takes what failed before together with the next. */
function wholePeriods(sale: Sale): Line[] | null {
  const { amount, plan, at, first } = sale;
  const count = plan.price > 0 ? amount / plan.price : 0;
  const spans = caughtUp(sale, count);
  if (spans) return spans.map((span) => periodLine(plan, span, plan.price));
  if (!first || !Number.isInteger(count) || count < 1 || count > MOST_PERIODS) return null;
  const lines: Line[] = [];
  for (let span = spanAt(sale, at); lines.length < count; span = spanAt(sale, span.start - 1)) {
    lines.unshift(periodLine(plan, span, plan.price));
    if (lines.length < count && span.start <= secondsOf(sale.live.start_time)) return null;
  }
  return lines;
}

/** What remained of a period when a subscription went on after a pause. */
function remaining(sale: Sale): Line[] | null {
  const { amount, plan, at } = sale;
  const span = spanAt(sale, at);
  const ofSeconds = span.end - span.start;
  for (let start = at; start >= at - STAMP_SECONDS; start--) {
    const seconds = span.end - start;
    if (start < span.start || share(plan.price, seconds, ofSeconds) !== amount) continue;
    const line = periodLine(plan, { start, end: span.end }, amount);
    const proration = { whole: plan.price, seconds, ofSeconds };
    return [{ ...line, kind: 'remaining_time', proration }];
  }
  return null;
}

/** How it began by the rules; without discount, credit or tax, for PayPal knows none of them. */
function beginningOf(live: Live, plan: PayPalPlan): Outcome {
  const item = { key: plan.terms.planId, kind: 'plan' as const, price: plan.price, quantity: 1 };
  return startAccount({
    at: secondsOf(live.create_time),
    terms: { cycle: plan.terms.billingCycle, items: [item], overage: [] },
    trialEnd: secondsOf(live.start_time),
  });
}

function toLine(plan: PayPalPlan, line: Line): ProviderLine {
  return {
    kind: line.kind,
    itemKey: line.key,
    description: plan.name,
    quantity: line.quantity,
    unitAmount: line.kind === 'period' ? String(plan.price) : null,
    amount: line.amount,
    discount: line.discount,
    tax: 0,
    periodStart: dateOf(line.period.start),
    periodEnd: dateOf(line.period.end),
    proration: line.proration,
    usage: null,
    providerId: null,
    credits: [],
  };
}

/** The whole period that holds `at`, as an invoice has it. */
export function wholePeriodAt(live: Live, plan: PayPalPlan, at: Date): ProviderLine {
  const span = spanAt({ live, plan }, secondsOf(at));
  return toLine(plan, periodLine(plan, span, plan.price));
}

/** A payment that none of the rules gives is kept as what it is, and not explained by a guess. */
function otherLine(sale: Sale): ProviderLine {
  const line = toLine(sale.plan, periodLine(sale.plan, spanAt(sale, sale.at), sale.amount));
  return {
    ...line,
    kind: 'other',
    itemKey: null,
    description: 'Payment by PayPal',
    unitAmount: null,
  };
}

function toInvoice(
  { live, plan }: Pick<Sale, 'live' | 'plan'>,
  providerId: string,
  invoice: Invoice,
  lines: readonly ProviderLine[],
): ProviderInvoice {
  const at = dateOf(invoice.at);
  return {
    providerId,
    subscriptionProviderId: live.id,
    providerNumber: null,
    status: 'paid',
    currency: plan.currency,
    subtotal: BigInt(invoice.subtotal),
    discount: BigInt(invoice.discount),
    tax: BigInt(invoice.tax),
    total: BigInt(invoice.total),
    buyer: null,
    balanceApplied: 0n,
    amountPaid: BigInt(invoice.due),
    amountDue: BigInt(invoice.due),
    lines: [...lines],
    hostedUrl: null,
    issuedAt: at,
    dueAt: null,
    paidAt: at,
    createdAt: at,
  };
}

function saleInvoice(
  sale: Sale,
  { id }: Transaction,
  whole: readonly Line[] | null,
): ProviderInvoice {
  const { live, plan, at, amount } = sale;
  const known = whole ?? remaining(sale);
  const lines = known ?? [periodLine(plan, spanAt(sale, at), amount)];
  const { invoice } = composeInvoice(beginningOf(live, plan).account, at, 'renewal', lines);
  const shown = known ? invoice.lines.map((line) => toLine(plan, line)) : [otherLine(sale)];
  return toInvoice(sale, id, invoice, shown);
}

/** Rule 3: a trial has an invoice of 0, known by the subscription's own id. */
function trialInvoice(live: Live, plan: PayPalPlan): ProviderInvoice[] {
  if (!readReference(live.custom_id)?.trial) return [];
  const { invoices } = beginningOf(live, plan);
  return invoices.map((invoice) =>
    toInvoice(
      { live, plan },
      live.id,
      invoice,
      invoice.lines.map((line) => toLine(plan, line)),
    ),
  );
}

/**
 * The invoices of a subscription, newest first: one for each payment that was made, by the rules' own
 * composition, and one of 0 for its trial. The same payments always give the same invoices.
 */
export function composeInvoices(
  live: Live,
  plan: PayPalPlan,
  transactions: readonly Transaction[],
): ProviderInvoice[] {
  const invoiced = new Set<number>();
  let owed: Span[] = [];
  const invoices = trialInvoice(live, plan);
  for (const transaction of transactions) {
    const at = secondsOf(transaction.time);
    const amount = centsOf(transaction.amount_with_breakdown.gross_amount);
    const span = spanAt({ live, plan }, at);
    if (!wasPaid(transaction)) {
      // With what failed before, as PayPal takes a period; else it was asked for that alone.
      const asked = amount === plan.price * (owed.length + 1);
      if (asked && !owed.some(({ start }) => start === span.start)) owed.push(span);
      continue;
    }
    const sale: Sale = { live, plan, at, amount, first: !invoiced.has(span.start), owed };
    const whole = wholePeriods(sale);
    for (const { period } of whole ?? [{ period: span }]) invoiced.add(period.start);
    if (whole) owed = [];
    invoices.unshift(saleInvoice(sale, transaction, whole));
  }
  return invoices;
}
