'use client';

import { type CSSProperties, useId, useState } from 'react';
import { formatQuantity } from '../ui/figure-format';
import { cn } from '../ui/class-names';
import type { BillingCycle, PlanOffer } from './plan-types';
import { limitLabels, writeLimit, writePrice } from './plan-words';
import { callsAt, cheapest, type Estimate, estimate, type Need } from './price-math';

const nameOf = (id: keyof Need) =>
  limitLabels.find((line) => line.id === id)?.label.toLowerCase() ?? id;

/** Say what you need in a month; see what it costs, and where a smaller plan would stop you. */
export function UsageEstimator({
  plans,
  cycle,
}: {
  plans: readonly PlanOffer[];
  cycle: BillingCycle;
}) {
  const [place, setPlace] = useState(25);
  const [backtests, setBacktests] = useState(10);
  const [strategies, setStrategies] = useState(3);
  const [members, setMembers] = useState(1);
  const need: Need = {
    strategies,
    backtests_per_month: backtests,
    members,
    api_calls_per_month: callsAt(place),
  };
  const estimates = plans.map((plan) => estimate(plan, cycle, need));
  const best = cheapest(estimates);
  return (
    <section className="mx-auto max-w-page px-4 pt-20 sm:px-6">
      <h2 className="text-xl">What would it cost you?</h2>
      <p className="mt-2 max-w-[56ch] text-lead text-muted">
        Set what you need in a month. The price is for one month on the cycle chosen above, before
        tax.
      </p>
      <div className="mt-8 grid gap-x-12 gap-y-8 rounded-lg border border-line bg-panel p-5 sm:p-8 lg:grid-cols-2">
        <div className="flex flex-col gap-6">
          <Slider
            label="API calls"
            value={place}
            max={100}
            text={formatQuantity(need.api_calls_per_month)}
            onChange={setPlace}
          />
          <Slider
            label="Back-tests"
            value={backtests}
            min={1}
            max={150}
            text={formatQuantity(backtests)}
            onChange={setBacktests}
          />
          <Slider
            label="Strategies"
            value={strategies}
            min={1}
            max={40}
            text={formatQuantity(strategies)}
            onChange={setStrategies}
          />
          <Slider
            label="Members"
            value={members}
            min={1}
            max={60}
            text={formatQuantity(members)}
            onChange={setMembers}
          />
        </div>
        <div>
          <p
            role="status"
            className="flex min-h-15 flex-wrap items-baseline gap-x-2.5 border-b border-line pb-4"
          >
            {best?.perMonth ? (
              <>
                <span className="figures font-semibold text-2xl text-strong">
                  {writePrice(best.perMonth)}
                </span>
                <span className="text-md text-muted">a month on {best.plan.name}</span>
              </>
            ) : (
              <span className="text-lg text-strong">More than the plans on sale allow</span>
            )}
          </p>
          <ul>
            {estimates.map((one) => (
              <EstimateLine key={one.plan.id} estimate={one} best={one === best} />
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}

function EstimateLine({ estimate: one, best }: { estimate: Estimate; best: boolean }) {
  return (
    <li className="flex min-h-12 flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2.5 last:border-0">
      <span className={cn('text-md', best ? 'font-semibold text-strong' : 'text-default')}>
        {one.plan.name}
        {best ? (
          <span className="ml-2 font-normal text-positive text-sm">cheapest that is enough</span>
        ) : null}
      </span>
      <span className="figures text-base">
        {one.perMonth ? (
          <span className="font-medium text-strong">{writePrice(one.perMonth)}</span>
        ) : null}
        {one.overage ? (
          <span className="text-muted"> with {writePrice(one.overage)} for extra calls</span>
        ) : null}
        {one.short.length > 0 ? (
          <span className="text-muted">
            stops at{' '}
            {one.short
              .map((id) => `${writeLimit(id, one.plan.limits[id])} ${nameOf(id)}`)
              .join(', ')}
          </span>
        ) : null}
        {!one.perMonth && one.short.length === 0 ? (
          <span className="text-muted">by quote</span>
        ) : null}
      </span>
    </li>
  );
}

function Slider({
  label,
  value,
  min = 0,
  max,
  text,
  onChange,
}: {
  label: string;
  value: number;
  min?: number;
  max: number;
  /** The value as it is read. */
  text: string;
  onChange: (value: number) => void;
}) {
  const id = useId();
  return (
    <div>
      <div className="flex items-baseline justify-between">
        <label htmlFor={id} className="text-md text-strong">
          {label}
        </label>
        <output htmlFor={id} className="figures font-medium text-md text-strong">
          {text}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        value={value}
        aria-valuetext={`${text} a month`}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        style={{ '--share': `${((value - min) / (max - min)) * 100}%` } as CSSProperties}
        className="slider mt-2"
      />
    </div>
  );
}
