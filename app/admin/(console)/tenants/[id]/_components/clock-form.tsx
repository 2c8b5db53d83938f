'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import type { TenantClockDto } from '@/lib/domains/billing/time-travel/schemas';
import { moveClockAction } from '../../actions';

const DAY = 86_400_000;

const steps = [
  { label: '+ 1 day', days: 1 },
  { label: '+ 1 week', days: 7 },
  { label: '+ 1 month', days: 31 },
  { label: '+ 1 year', days: 365 },
] as const;

/** Moves the clock to a day in UTC, at the hour at which it stands. */
export function ClockForm({ id, clock }: { id: string; clock: TenantClockDto }) {
  const [days, setDays] = useState(31);
  const to = new Date(new Date(clock.at).getTime() + days * DAY);
  const day = to.toISOString().slice(0, 10);
  const choose = (value: string) => {
    const chosen = new Date(`${value}${clock.at.slice(10)}`).getTime();
    if (Number.isFinite(chosen)) {
      setDays(Math.round((chosen - new Date(clock.at).getTime()) / DAY));
    }
  };
  return (
    <ActionForm action={moveClockAction}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="to" value={to.toISOString()} />
      <div className="flex flex-wrap gap-2">
        {steps.map((step) => (
          <Button
            key={step.label}
            type="button"
            variant="secondary"
            aria-pressed={days === step.days}
            onClick={() => setDays(step.days)}
          >
            {step.label}
          </Button>
        ))}
      </div>
      <TextField
        name="to"
        form=""
        label="Move the clock to"
        type="date"
        value={day}
        min={clock.at.slice(0, 10)}
        max={clock.latest.slice(0, 10)}
        onChange={(event) => choose(event.target.value)}
        hint="UTC, forward only, two years at most. Trials end, renewals are charged and notices go out as they would have."
      />
      <FormActions>
        <SubmitButton>Move the clock</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
