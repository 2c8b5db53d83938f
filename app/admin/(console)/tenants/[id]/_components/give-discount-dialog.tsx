'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { NumberField, SelectField, TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Money as MoneyFigure } from '@/components/ui/figures';
import { SegmentedControl } from '@/components/ui/radio-group';
import type { Money } from '@/lib/kernel/money';
import { giveDiscountAction } from '../../actions';

type Kind = 'percent' | 'amount';
type Duration = 'once' | 'repeating' | 'forever';

/** Percent or amount, for how long, and why. */
export function GiveDiscountDialog({
  id,
  replaces,
  secondFrom,
}: {
  id: string;
  replaces: boolean;
  /** What is taken off within a year from which on a second operator is needed. */
  secondFrom: Money;
}) {
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Kind>('percent');
  const [duration, setDuration] = useState<Duration>('once');
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Give a discount</Button>
      </DialogTrigger>
      <DialogContent
        title="Give a discount?"
        description={
          replaces
            ? 'It takes the place of the one that runs, and counts from the next invoice on.'
            : 'It counts from the next invoice on.'
        }
      >
        <ActionForm action={giveDiscountAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={id} />
          <SegmentedControl
            legend="What is taken off"
            name="kind"
            options={[
              { value: 'percent', label: 'A percentage' },
              { value: 'amount', label: 'An amount' },
            ]}
            value={kind}
            onChange={setKind}
          />
          <NumberField
            name="value"
            label={kind === 'percent' ? 'Percent off' : 'Amount off each invoice'}
            hint={kind === 'amount' ? 'In the currency of the subscription.' : undefined}
            suffix={kind === 'percent' ? '%' : undefined}
            required
          />
          <SelectField
            name="duration"
            label="For how long"
            value={duration}
            onChange={(event) => setDuration(event.target.value as Duration)}
            options={[
              { value: 'once', label: 'The next invoice' },
              { value: 'repeating', label: 'Some months' },
              { value: 'forever', label: 'As long as it runs' },
            ]}
          />
          {duration === 'repeating' ? (
            <NumberField name="months" label="Months" defaultValue="3" required />
          ) : null}
          <TextareaField
            name="reason"
            label="Reason"
            hint="Stays in our audit log and in the tenant’s own."
            rows={3}
            required
          />
          <p className="text-sm text-muted">
            What takes off <MoneyFigure value={secondFrom} whole /> or more within a year, or
            everything for ever, waits until a second operator approves it.
          </p>
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Give nothing</Button>
            </DialogClose>
            <SubmitButton>Give discount</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
