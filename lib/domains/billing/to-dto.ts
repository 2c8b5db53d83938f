import type { PlanVersion } from '@/lib/domains/entitlements';
import { isAvailable, planIdSchema } from '@/lib/domains/entitlements';
import { money } from '@/lib/kernel/money';
import { publicId } from '@/lib/kernel/ids';
import { countsOf } from './add-ons/to-add-on-dto';
import { describeDiscount } from './discount/describe-discount';
import { discountNow } from './discount/to-discount-dto';
import { toDunningDto } from './dunning/facts';
import { gatewayOf } from './gateways/find-gateway';
import { toLineDto } from './invoice-lines';
import { buyerSchema, partySchema } from './invoice-parties';
import { type InvoiceRow, readLine } from './invoice-store';
import {
  gatewaySchema,
  type InvoiceDto,
  invoiceStatusSchema,
  type PlanDto,
  type SubscriptionDto,
  subscriptionDto,
} from './schemas';
import type { SubscriptionRow } from './subscription-row';
import { mayReplaceCard } from './wants-card';
import { runningDiscount, termsOf, wishOf } from './wish';

export type { SubscriptionRow };

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** Prices in minor units; planned features are left out. */
export function toPlanDto(plan: PlanVersion): PlanDto {
  const price = (cents: number | null) => (cents === null ? null : money(cents, plan.currency));
  const { monthly, quarterly, annual } = plan.prices;
  return {
    id: plan.planId,
    name: plan.name,
    version: plan.version,
    prices: { monthly: price(monthly), quarterly: price(quarterly), annual: price(annual) },
    trial_days: plan.trialDays,
    limits: plan.limits,
    features: plan.features.filter(isAvailable),
  };
}

/** The checkout's address while something is to be entered and the page still takes it. */
export function openCheckoutUrl(row: SubscriptionRow, now: Date): string | null {
  if (!row.checkoutUrl || !row.checkoutExpiresAt || row.checkoutExpiresAt <= now) return null;
  const wanted = row.status === 'incomplete' || mayReplaceCard(row);
  return wanted ? row.checkoutUrl : null;
}

function waitingChange(row: SubscriptionRow) {
  const { next } = wishOf(row);
  if (!next || row.status === 'cancelled') return null;
  return {
    plan_id: next.planId,
    billing_cycle: next.billingCycle,
    add_ons: countsOf(next.addOns),
    at: iso(row.currentPeriodEnd),
  };
}

/** A subscription as the outside sees it at `now`: an address that takes nothing any more isn’t shown. */
export function toSubscriptionDto(row: SubscriptionRow, now: Date): SubscriptionDto {
  const begun = row.status !== 'incomplete';
  return subscriptionDto.parse({
    id: publicId('subscription', row.id),
    status: row.status,
    plan_id: row.planId,
    billing_cycle: row.billingCycle,
    gateway: row.gateway,
    account: gatewayOf(row).account,
    trial_ends_at: begun ? iso(row.trialEndsAt) : null,
    current_period_start: iso(row.currentPeriodStart),
    current_period_end: iso(row.currentPeriodEnd),
    cancel_at: iso(row.cancelAt),
    add_ons: countsOf(termsOf(row).addOns),
    waiting_change: waitingChange(row),
    discount: discountNow(row, now),
    invoice_days: row.invoiceDays,
    being_changed: row.pushedRevision < row.wishRevision,
    dunning: toDunningDto(row, now),
    checkout_url: openCheckoutUrl(row, now),
  });
}

/** An invoice as the outside sees it; amounts in minor units. Never a draft. */
export function toInvoiceDto(row: InvoiceRow): InvoiceDto {
  if (row.number === null) throw new Error('A draft is shown to nobody.');
  const cents = (amount: bigint) => money(Number(amount), row.currency);
  return {
    id: publicId('invoice', row.id),
    number: row.number,
    gateway: gatewaySchema.parse(row.gateway),
    provider_number: row.providerNumber,
    status: invoiceStatusSchema.parse(row.status),
    seller: partySchema.nullable().parse(row.seller),
    buyer: buyerSchema.nullable().parse(row.buyer),
    subscription_id: row.subscriptionId ? publicId('subscription', row.subscriptionId) : null,
    subtotal: cents(row.subtotal),
    discount: cents(row.discount),
    tax: cents(row.tax),
    total: cents(row.total),
    balance_applied: cents(row.balanceApplied),
    amount_paid: cents(row.amountPaid),
    amount_due: cents(row.amountDue),
    lines: row.lines.map((line) => toLineDto(readLine(line), row.currency)),
    period_start: iso(row.periodStart),
    period_end: iso(row.periodEnd),
    issued_at: iso(row.issuedAt),
    due_at: iso(row.dueAt),
    paid_at: iso(row.paidAt),
    hosted_url: row.hostedUrl,
  };
}

/** What the audit log and streams are told of a subscription. */
export function describeSubscription(row: SubscriptionRow) {
  return {
    status: row.status,
    plan_id: planIdSchema.parse(row.planId),
    billing_cycle: row.billingCycle,
    trial_ends_at: iso(row.trialEndsAt),
    current_period_end: iso(row.currentPeriodEnd),
    cancel_at: iso(row.cancelAt),
    add_ons: countsOf(termsOf(row).addOns),
    discount: describeDiscount(runningDiscount(row)),
  };
}
