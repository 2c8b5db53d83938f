'use client';

import { limitLabels } from '@/components/marketing/plan-words';
import { NumberField } from '@/components/patterns/form/form-fields';
import { Checkbox } from '@/components/ui/checkbox';
import {
  type Feature,
  featureCatalogue,
  features,
  type Limits,
} from '@/lib/domains/entitlements/schemas';

const grid = 'grid gap-4 sm:grid-cols-2 lg:grid-cols-3';
const limitText = (limit: number | null) => (limit === null ? '' : String(limit));

/** One field for each limit of a plan. */
export function LimitFields({ limits }: { limits: Limits }) {
  return (
    <div className={grid}>
      {limitLabels.map(({ id, label }) => (
        <NumberField
          key={id}
          name={`limits.${id}`}
          label={id === 'storage_bytes' ? `${label}, bytes` : label}
          defaultValue={limitText(limits[id])}
        />
      ))}
    </div>
  );
}

/** One box for each feature that a plan can carry. */
export function FeatureFields({ chosen }: { chosen: readonly Feature[] }) {
  return (
    <fieldset>
      <legend className="mb-2 text-base font-medium text-strong">Features</legend>
      <div className={grid}>
        {features.map((feature) => {
          const { label, available } = featureCatalogue[feature];
          return (
            <Checkbox
              key={feature}
              name="features[]"
              value={feature}
              label={available ? label : `${label} (planned)`}
              defaultChecked={chosen.includes(feature)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
