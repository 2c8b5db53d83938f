'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { NumberField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { RadioGroup } from '@/components/ui/radio-group';
import type { OverageDto } from '@/lib/domains/billing';
import { setOverageAction } from '../actions';

const options = [
  {
    value: 'off',
    label: 'Stop at the limit',
    description: 'Calls are refused until the next month, and cost nothing more.',
  },
  {
    value: 'budget',
    label: 'Go on, up to a budget',
    description: 'Calls go on until the month’s extra cost reaches your budget, never above it.',
  },
  { value: 'on', label: 'Go on without a limit', description: 'Every call beyond is charged.' },
] as const;

const inUnits = (budget: OverageDto['budget']) => (budget ? (budget.amount / 100).toFixed(2) : '');

/** Chooses what happens at the limit. */
export function OverageForm({
  meter,
  mode,
  budget,
  currency,
}: Pick<OverageDto, 'meter' | 'mode' | 'budget'> & { currency: string }) {
  const [chosen, setChosen] = useState(mode);
  return (
    <ActionForm action={setOverageAction}>
      <input type="hidden" name="meter" value={meter} />
      <input type="hidden" name="currency" value={currency} />
      <RadioGroup
        legend="When the month’s calls reach the limit"
        name="mode"
        options={options}
        value={chosen}
        onChange={setChosen}
      />
      {chosen === 'budget' ? (
        <NumberField
          name="budget"
          label="Budget for a calendar month"
          hint="On top of the plan’s price. Calls stop at the last one that it pays for."
          defaultValue={inUnits(budget)}
          suffix={currency.toUpperCase()}
          required
        />
      ) : null}
      <FormActions>
        <SubmitButton variant="secondary">Save</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
