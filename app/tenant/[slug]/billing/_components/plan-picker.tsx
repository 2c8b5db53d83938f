'use client';

import { type ReactNode, useState } from 'react';
import { savedPercent } from '@/components/marketing/price-math';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SegmentedControl } from '@/components/ui/radio-group';
import type { BillingOverview } from '@/lib/domains/billing';
import { PayWith } from './pay-with';
import { CHANGE_REFUSED, PlanOfferCard, runningIn } from './plan-offer-card';

/** The plan whose button stands out when no other was asked for. */
const SUGGESTED = 'professional';

type Cycle = 'monthly' | 'quarterly' | 'annual';
const words = { monthly: 'Monthly', quarterly: 'Quarterly', annual: 'Annual' } as const;

export interface PlanPickerProps {
  overview: BillingOverview;
  /** Features in the order of the comparison, with what they are called. */
  features: readonly { id: string; label: string }[];
  mayPay: boolean;
  /** The plan that a link asked for. */
  wanted: string | null;
  cycle: Cycle | null;
  /** What can be done about a plan without a price. */
  byQuote: ReactNode;
}

/** All plans for the chosen cycle, each with what can be done about it now. */
export function PlanPicker(props: PlanPickerProps) {
  const { overview, features, mayPay, wanted, cycle, byQuote } = props;
  const { subscription, plans, gateways } = overview;
  const [chosen, setChosen] = useState<Cycle>(cycle ?? subscription?.billing_cycle ?? 'monthly');
  const [payBy, setPayBy] = useState(subscription?.gateway ?? null);
  const gateway = gateways.find(({ name }) => name === payBy) ?? gateways[0];
  const [code, setCode] = useState('');
  const starting = mayPay && runningIn(overview) === null;
  const takesCode = starting && gateway?.takes_codes === true;
  const priced = plans.find((plan) => plan.prices.monthly !== null);
  // Where the page has something to finish or to come back to, that is what stands out.
  const elsewhere = subscription?.status === 'incomplete' || overview.ended !== null;
  const usual = elsewhere ? null : SUGGESTED;
  const suggested = plans.some(({ id }) => id === wanted) ? wanted : usual;
  const option = (value: Cycle) => {
    const saved = priced ? savedPercent(priced, value) : 0;
    return {
      value,
      label: (
        <>
          {words[value]}
          {saved > 0 ? <span className="figures text-positive">−{saved}%</span> : null}
        </>
      ),
    };
  };
  return (
    <section id="plans" aria-labelledby="plans-title" className="scroll-mt-20">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="plans-title" className="text-md">
            Plans
          </h2>
          <p className="text-base text-muted">Prices in US dollars, before tax.</p>
        </div>
        <div className="flex max-w-full flex-wrap items-end gap-3">
          {starting && gateway ? (
            <PayWith gateways={gateways} value={gateway.name} onChange={setPayBy} />
          ) : null}
          {takesCode ? (
            <Field label="Promotion code" optional className="w-full sm:w-56">
              <Input
                value={code}
                onChange={(event) => setCode(event.target.value)}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                maxLength={100}
              />
            </Field>
          ) : null}
          <SegmentedControl
            legend="Billing cycle"
            options={[option('monthly'), option('quarterly'), option('annual')]}
            value={chosen}
            onChange={setChosen}
          />
        </div>
      </div>
      {overview.change_refused && mayPay ? (
        <p id={CHANGE_REFUSED} className="mb-4 max-w-prose text-base text-muted">
          {overview.change_refused}
        </p>
      ) : null}
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {plans.map((plan) => (
          <PlanOfferCard
            key={plan.id}
            plan={plan}
            cycle={chosen}
            gateway={gateway}
            features={features}
            overview={overview}
            mayPay={mayPay}
            code={takesCode ? code.trim() : ''}
            wanted={plan.id === wanted}
            suggested={plan.id === suggested}
            byQuote={byQuote}
          />
        ))}
      </ul>
    </section>
  );
}
