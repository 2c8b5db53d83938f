import { cn } from '../ui/class-names';
import type { FeatureName, PlanOffer } from './plan-types';
import { limitLabels, writeLimit } from './plan-words';

/** Every limit and every feature that exists, plan by plan; and apart from them, what is planned. */
export function PlanComparison({
  plans,
  features,
}: {
  plans: readonly PlanOffer[];
  features: readonly FeatureName[];
}) {
  const cell = 'px-3 py-2.5 text-left text-base';
  // Stays while the plans are moved past it.
  const name =
    'sticky left-0 w-1/3 bg-panel pl-5 font-normal text-muted max-sm:w-36 max-sm:pl-4 max-sm:text-sm';
  return (
    <section
      aria-label="Plans compared"
      tabIndex={0}
      className="scrollbar-quiet relative overflow-x-auto rounded-lg border border-line bg-panel"
    >
      <table className="w-full min-w-[640px] border-collapse">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={cn(cell, name)}>
              Included
            </th>
            {plans.map((plan) => (
              <th key={plan.id} scope="col" className={cn(cell, 'font-semibold text-strong')}>
                {plan.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="figures">
          {limitLabels.map((line) => (
            <tr key={line.id} className="border-b border-line">
              <th scope="row" className={cn(cell, name)}>
                {line.label}
              </th>
              {plans.map((plan) => (
                <td key={plan.id} className={cell}>
                  {writeLimit(line.id, plan.limits[line.id])}
                </td>
              ))}
            </tr>
          ))}
          {features.map((feature) => (
            <tr key={feature.id} className="border-b border-line last:border-0">
              <th scope="row" className={cn(cell, name)}>
                {feature.label}
              </th>
              {plans.map((plan) => {
                const has = plan.features.includes(feature.id);
                return (
                  <td key={plan.id} className={cn(cell, has ? 'text-strong' : 'text-muted')}>
                    {has ? 'Yes' : 'No'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
