'use client';

import type { ReactNode } from 'react';
import { cycleWords, writeLimit, writePrice } from '@/components/marketing/plan-words';
import { pricePerMonth } from '@/components/marketing/price-math';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/class-names';
import type { BillingOverview, SubscriptionDto } from '@/lib/domains/billing';
import { Button } from '@/components/ui/button';
import { Tick } from '@/components/ui/tick';
import { ChangePlanDialog, changeLabel } from './change-plan-dialog';
import type { WayToPay } from './pay-with';
import { StartPlanForms } from './start-plan-forms';

type Plan = BillingOverview['plans'][number];

const shown = [
  ['strategies', 'strategy', 'strategies'],
  ['backtests_per_month', 'back-test a month', 'back-tests a month'],
  ['members', 'member', 'members'],
  ['api_calls_per_month', 'API call a month', 'API calls a month'],
  ['storage_bytes', 'storage', 'storage'],
] as const;

export interface PlanOfferCardProps {
  plan: Plan;
  cycle: 'monthly' | 'quarterly' | 'annual';
  /** How a plan that is started here is paid. */
  gateway: WayToPay | undefined;
  features: readonly { id: string; label: string }[];
  overview: BillingOverview;
  mayPay: boolean;
  /** The promotion code to start with; empty for none. */
  code: string;
  wanted: boolean;
  /** Carries the page's one primary button. */
  suggested: boolean;
  /** What can be done about a plan without a price. */
  byQuote: ReactNode;
}

/** The element that says why no plan can be changed to. */
export const CHANGE_REFUSED = 'plan-change-refused';

/** The subscription whose plan would be changed; null where one would be started. */
export function runningIn({ subscription }: BillingOverview): SubscriptionDto | null {
  return subscription?.status === 'incomplete' ? null : subscription;
}

/** Why the plan can't be changed just now. */
function blocked({ status, being_changed }: SubscriptionDto): string {
  if (being_changed) return 'A change is being made.';
  if (status === 'paused') return 'Resume your plan to change it.';
  return 'Settle the overdue payment to change plans.';
}

function Way(props: PlanOfferCardProps) {
  const { plan, cycle, gateway, overview, mayPay, code, suggested, byQuote } = props;
  const running = runningIn(overview);
  if (!plan.prices[cycle]) return byQuote;
  if (!mayPay) return null;
  if (!running) {
    if (!gateway) return null;
    const { rights } = overview;
    const onTrial = rights.source === 'trial' && rights.plan_id === plan.id;
    return (
      <StartPlanForms
        plan={plan}
        cycle={cycle}
        gateway={gateway}
        code={code}
        suggested={suggested}
        onTrial={onTrial}
      />
    );
  }
  if (running.plan_id === plan.id && running.billing_cycle === cycle) {
    return <p className="text-sm text-muted">This is your plan.</p>;
  }
  if (!['trialing', 'active'].includes(running.status) || running.being_changed) {
    return <p className="text-sm text-muted">{blocked(running)}</p>;
  }
  if (overview.change_refused) {
    return (
      <Button variant="secondary" className="w-full" disabled aria-describedby={CHANGE_REFUSED}>
        {changeLabel(running, plan, cycle)}
      </Button>
    );
  }
  return <ChangePlanDialog subscription={running} plan={plan} cycle={cycle} />;
}

/** One plan: price for the cycle, limits, what is in it, and the way to it. */
export function PlanOfferCard(props: PlanOfferCardProps) {
  const { plan, cycle, features, overview, wanted } = props;
  const price = plan.prices[cycle];
  const perMonth = pricePerMonth(plan, cycle);
  const own = overview.rights.plan_id === plan.id && overview.rights.source !== 'none';
  return (
    <li
      className={cn(
        'flex flex-col rounded-lg border bg-panel p-5',
        wanted ? 'border-accent ring-1 ring-accent' : 'border-line',
      )}
    >
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-base">{plan.name}</h3>
        {own ? <Badge tone="accent">Current</Badge> : null}
      </div>
      <p className="mt-2 flex items-baseline gap-1.5">
        <span className="figures text-xl font-semibold text-strong">
          {price ? writePrice(price) : 'By quote'}
        </span>
        {price ? <span className="text-base text-muted">{cycleWords[cycle]}</span> : null}
      </p>
      <p className="figures min-h-5 text-sm text-muted">
        {perMonth && cycle !== 'monthly' ? `${writePrice(perMonth)} a month` : null}
      </p>
      <div className="mt-4 min-h-9">
        <Way {...props} />
      </div>
      <ul className="mt-5 flex flex-col gap-1.5 border-t border-line pt-4 text-base">
        {shown.map(([name, one, many]) => (
          <li key={name} className="figures">
            <span className="font-medium text-strong">{writeLimit(name, plan.limits[name])}</span>{' '}
            {plan.limits[name] === 1 ? one : many}
          </li>
        ))}
        {features
          .filter(({ id }) => (plan.features as string[]).includes(id))
          .map(({ id, label }) => (
            <li key={id} className="flex gap-2">
              <Tick />
              {label}
            </li>
          ))}
      </ul>
    </li>
  );
}
