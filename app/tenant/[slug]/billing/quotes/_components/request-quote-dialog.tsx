'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField, TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { requestQuoteAction } from '../actions';

const cycles = [
  { value: 'annual', label: 'Annually' },
  { value: 'quarterly', label: 'Quarterly' },
  { value: 'monthly', label: 'Monthly' },
];

/** Asks for a price by agreement. */
export function RequestQuoteDialog({
  planName,
  primary = false,
}: {
  planName: string;
  primary?: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant={primary ? 'primary' : 'secondary'} className="w-full">
          Request a quote
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Request a quote for ${planName}`}
        description="Price, limits and terms are agreed with you. Nothing is charged before an owner accepts."
      >
        <ActionForm action={requestQuoteAction} onDone={() => setOpen(false)}>
          <TextareaField
            name="message"
            label="What do you need?"
            hint="People, back-tests and API calls a month, service level, start date, currency."
            rows={5}
            maxLength={4000}
            autoFocus
            required
          />
          <SelectField name="billing_cycle" label="Billed" options={cycles} defaultValue="annual" />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Not now</Button>
            </DialogClose>
            <SubmitButton>Request a quote</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
