'use client';

import { useState } from 'react';
import { SegmentedControl } from '../ui/radio-group';
import { PlanCard } from './plan-card';
import type { BillingCycle, FeatureName, PlanOffer } from './plan-types';
import { savedPercent } from './price-math';
import { UsageEstimator } from './usage-estimator';

export interface PricingExplorerProps {
  /** Smallest first. */
  plans: readonly PlanOffer[];
  features: readonly FeatureName[];
}

/** Plans side by side, the cycle switch, and what a stated need would really cost. */
export function PricingExplorer({ plans, features }: PricingExplorerProps) {
  const [cycle, setCycle] = useState<BillingCycle>('monthly');
  const priced = plans.find((plan) => plan.prices.monthly);
  const saved = (value: BillingCycle) => (priced ? savedPercent(priced, value) : 0);
  const labels: Record<BillingCycle, string> = {
    monthly: 'Monthly',
    quarterly: 'Quarterly',
    annual: 'Annual',
  };
  return (
    <>
      <div className="mx-auto max-w-page px-4 pt-10 sm:px-6">
        <SegmentedControl
          legend="Billing cycle"
          value={cycle}
          onChange={setCycle}
          options={(['monthly', 'quarterly', 'annual'] as const).map((value) => ({
            value,
            label: (
              <>
                {labels[value]}
                {saved(value) > 0 ? (
                  <span className="font-normal text-positive text-sm">−{saved(value)}%</span>
                ) : null}
              </>
            ),
          }))}
        />
        <ul className="mt-6 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {plans.map((plan) => (
            <PlanCard key={plan.id} plan={plan} cycle={cycle} features={features} />
          ))}
        </ul>
      </div>
      <UsageEstimator plans={plans} cycle={cycle} />
    </>
  );
}
