import { CreditCard } from 'lucide-react';
import type { Metadata } from 'next';
import { Callout } from '@/components/ui/callout';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import {
  billingCycleSchema,
  type Feature,
  featureCatalogue,
  isAvailable,
} from '@/lib/domains/entitlements';
import {
  getBillingDetails,
  getOverage,
  getOverview,
  getPlanSimulation,
  listAddOns,
  listInvoices,
  listQuotes,
  planSimulationQuery,
} from '@/lib/domains/billing';
import { countStanding } from '@/lib/domains/onboarding';
import { getCurrentUsage } from '@/lib/domains/usage';
import { QueryProvider } from '@/lib/client/query-provider';
import { allows } from '@/lib/kernel/ctx';
import { heldPageCtx } from '@/lib/transport/page-ctx';
import { AddOnsCard } from './_components/add-ons-card';
import { BillingDetailsCard } from './_components/billing-details-card';
import { CheckoutReturn } from './_components/checkout-return';
import { DiscountCard } from './_components/discount-card';
import { InvoiceList } from './_components/invoice-list';
import { limitRows } from './_components/limit-rows';
import { LimitsCard } from './_components/limits-card';
import { LiveRefresh } from './_components/live-refresh';
import { OpenCheckout } from './_components/open-checkout';
import { OverageCard } from './_components/overage-card';
import { OverduePayment } from './_components/overdue-payment';
import { PlanPicker } from './_components/plan-picker';
import { PlanSimulator } from './_components/plan-simulator';
import { PlanSummary } from './_components/plan-summary';
import { UnpaidInvoice } from './_components/unpaid-invoice';
import { WaitingChange } from './_components/waiting-change';
import { ByQuote } from './quotes/_components/by-quote';
import { QuoteNotice } from './quotes/_components/quote-notice';

export const metadata: Metadata = { title: 'Billing' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : null);

const features = (Object.keys(featureCatalogue) as Feature[])
  .filter(isAvailable)
  .map((id) => ({ id, label: featureCatalogue[id].label }));

export default async function BillingPage({ params, searchParams }: Props) {
  const { ctx, base, member } = await heldPageCtx((await params).slug);
  if (!allows(ctx.actor, 'billing:read')) {
    return (
      <>
        <PageHeader title="Billing" />
        <EmptyState icon={<CreditCard />} title="Billing is for owners, admins and accountants">
          Your role doesn’t include it. Ask an owner or admin if you need to see plan and invoices.
        </EmptyState>
      </>
    );
  }
  const query = await searchParams;
  const mayPay = allows(ctx.actor, 'billing:write');
  const asked = planSimulationQuery.safeParse({ months: one(query.months) ?? undefined });
  const [overview, quotes, invoices, standing, usage, overage, simulation, details, addOns] =
    await Promise.all([
      getOverview(ctx),
      listQuotes(ctx, { limit: 10 }),
      listInvoices(ctx, { limit: 12 }),
      countStanding(ctx),
      getCurrentUsage(ctx),
      getOverage(ctx),
      getPlanSimulation(ctx, asked.data ?? planSimulationQuery.parse({})),
      getBillingDetails(ctx),
      listAddOns(ctx),
    ]);
  const { subscription, plans } = overview;
  const checkout = one(query.checkout);
  const planNames = Object.fromEntries(plans.map(({ id, name }) => [id, name]));
  const cycle = billingCycleSchema.safeParse(one(query.cycle)).data ?? null;
  return (
    <QueryProvider>
      <PageHeader title="Billing" description="Your plan, what you use of it, and what you pay." />
      <LiveRefresh />
      <div className="grid gap-6">
        <CheckoutReturn
          returned={checkout === 'success' || checkout === 'card'}
          forCard={checkout === 'card'}
          planNames={planNames}
        />
        {checkout === 'card_left' && overview.card_replaceable ? (
          <Callout tone="info" title="The card wasn’t changed">
            You left the page before it was saved. The card shown below is still the one that is
            charged.
          </Callout>
        ) : null}
        {subscription?.status === 'incomplete' && checkout !== 'success' && mayPay ? (
          <OpenCheckout
            subscription={subscription}
            planName={planNames[subscription.plan_id] ?? subscription.plan_id}
            left={checkout === 'cancelled'}
          />
        ) : null}
        {overview.unpaid ? <UnpaidInvoice unpaid={overview.unpaid} mayPay={mayPay} /> : null}
        {subscription ? (
          <OverduePayment subscription={subscription} invoices={invoices.data} mayPay={mayPay} />
        ) : null}
        {subscription ? (
          <WaitingChange
            subscription={subscription}
            move={overview.plan_move}
            planNames={planNames}
            mayPay={mayPay}
          />
        ) : null}
        <QuoteNotice quotes={quotes.data} base={base} />
        <PlanSummary
          overview={overview}
          overage={overage.data}
          invoices={invoices.data}
          base={base}
          mayPay={mayPay}
        />
        <LimitsCard rows={limitRows(overview, standing, usage)} />
        {subscription ? (
          <AddOnsCard
            addOns={addOns}
            subscription={subscription}
            mayChange={mayPay && overview.change_refused === null}
          />
        ) : null}
        {subscription && overview.discountable ? (
          <DiscountCard subscription={subscription} mayPay={mayPay} />
        ) : null}
        {overage.data.map((each) => (
          <OverageCard key={each.meter} overage={each} mayPay={mayPay} />
        ))}
        <PlanPicker
          overview={overview}
          features={features}
          mayPay={mayPay}
          wanted={one(query.plan)}
          cycle={cycle}
          byQuote={<ByQuote quotes={quotes.data} base={base} mayPay={mayPay} />}
        />
        <PlanSimulator simulation={simulation} base={base} />
        <BillingDetailsCard details={details} organisation={member.name} mayPay={mayPay} />
        <InvoiceList invoices={invoices.data} more={invoices.next_cursor !== null} base={base} />
      </div>
    </QueryProvider>
  );
}
