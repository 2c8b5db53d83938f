'use client';

import { Minus } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '../ui/button-style';
import { cn } from '../ui/class-names';
import { Tick } from '../ui/tick';
import type { BillingCycle, FeatureName, PlanLimits, PlanOffer } from './plan-types';
import { cycleWords, writeLimit, writePrice } from './plan-words';
import { pricePerMonth } from './price-math';

const shown: readonly [keyof PlanLimits, string, string][] = [
  ['strategies', 'strategy', 'strategies'],
  ['backtests_per_month', 'back-test a month', 'back-tests a month'],
  ['members', 'member', 'members'],
  ['api_calls_per_month', 'API call a month', 'API calls a month'],
  ['storage_bytes', 'storage', 'storage'],
];

const absent = 'mt-[0.2em] size-4 shrink-0 text-faint';

function signUp(plan: string, cycle: BillingCycle, pay: 'trial' | 'now'): string {
  return `/sign-up?${new URLSearchParams({ plan, cycle, pay }).toString()}`;
}

/** One plan: its price for the cycle, its limits, and the two ways in. */
export function PlanCard({
  plan,
  cycle,
  features,
}: {
  plan: PlanOffer;
  cycle: BillingCycle;
  features: readonly FeatureName[];
}) {
  const price = plan.prices[cycle];
  const perMonth = pricePerMonth(plan, cycle);
  return (
    <li className="flex flex-col rounded-lg border border-line bg-panel p-5">
      <h2 className="text-md">{plan.name}</h2>
      {price && perMonth ? (
        <>
          <p className="mt-3 flex items-baseline gap-1.5">
            <span className="figures font-semibold text-strong text-xl">{writePrice(price)}</span>
            <span className="text-base text-muted">{cycleWords[cycle]}</span>
          </p>
          <p className="figures min-h-5 text-muted text-sm">
            {cycle === 'monthly' ? 'Before tax' : `${writePrice(perMonth)} a month, before tax`}
          </p>
          <div className="mt-4 flex flex-col gap-2">
            <Link href={signUp(plan.id, cycle, 'trial')} className={buttonStyle('primary')}>
              Start {plan.trial_days}-day trial
            </Link>
            <Link href={signUp(plan.id, cycle, 'now')} className={buttonStyle('secondary')}>
              Pay now
            </Link>
          </div>
        </>
      ) : (
        <>
          <p className="mt-3 font-semibold text-strong text-xl">By quote</p>
          <p className="min-h-5 text-muted text-sm">Limits and price by contract</p>
          <div className="mt-4 flex min-h-20 flex-col gap-2">
            <Link href="/sign-up" className={buttonStyle('secondary')}>
              Sign up and ask
            </Link>
            <p className="text-muted text-sm">Then ask on your billing page.</p>
          </div>
        </>
      )}
      <ul className="mt-5 flex flex-col gap-1.5 border-t border-line pt-4">
        {shown.map(([id, one, many]) => (
          <li key={id} className="figures text-base">
            <span className="font-medium text-strong">{writeLimit(id, plan.limits[id])}</span>{' '}
            {plan.limits[id] === 1 ? one : many}
          </li>
        ))}
      </ul>
      <ul className="mt-4 flex flex-col gap-1.5 border-t border-line pt-4">
        {features.map((feature) => {
          const has = plan.features.includes(feature.id);
          return (
            <li key={feature.id} className={cn('flex gap-2 text-base', !has && 'text-muted')}>
              {has ? <Tick /> : <Minus aria-hidden="true" className={absent} />}
              <span>
                {has ? null : <span className="sr-only">Not included: </span>}
                {feature.label}
              </span>
            </li>
          );
        })}
      </ul>
    </li>
  );
}
