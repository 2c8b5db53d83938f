'use client';

import { NumberField } from '@/components/patterns/form/form-fields';
import { paramsOf } from '@/components/trading/definition-parts';

/** One figure for each parameter of the strategy, with its range. */
export function ParamFields({ definition }: { definition: Record<string, unknown> }) {
  const params = paramsOf(definition);
  if (params.length === 0) return null;
  return (
    <fieldset className="grid gap-5 sm:grid-cols-2">
      <legend className="mb-1.5 text-sm font-medium text-strong">Parameters</legend>
      {params.map(({ name, value, min, max }) => (
        <NumberField
          key={name}
          name={`params.${name}`}
          label={name}
          hint={`${min} to ${max}`}
          defaultValue={String(value)}
        />
      ))}
    </fieldset>
  );
}
