'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField, TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { BillingDetailsDto } from '@/lib/domains/billing';
import { billingDetailsAction } from '../actions';
import { TaxIdFields } from './tax-id-fields';

export type Country = { value: string; label: string };

function AddressFields({
  address,
  countries,
}: {
  address: BillingDetailsDto['address'];
  countries: readonly Country[];
}) {
  const value = (part: string | null | undefined) => part ?? '';
  return (
    <>
      <TextField
        name="address.line1"
        label="Street and number"
        autoComplete="address-line1"
        defaultValue={value(address?.line1)}
      />
      <TextField
        name="address.line2"
        label="Second line"
        optional
        autoComplete="address-line2"
        defaultValue={value(address?.line2)}
      />
      <div className="grid gap-4 sm:grid-cols-[8rem_1fr]">
        <TextField
          name="address.postal_code"
          label="Postal code"
          autoComplete="postal-code"
          defaultValue={value(address?.postal_code)}
        />
        <TextField
          name="address.city"
          label="City"
          autoComplete="address-level2"
          defaultValue={value(address?.city)}
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="address.state"
          label="State or region"
          optional
          autoComplete="address-level1"
          defaultValue={value(address?.state)}
        />
        <SelectField
          name="address.country"
          label="Country"
          autoComplete="country"
          defaultValue={value(address?.country)}
          options={[{ value: '', label: 'Choose a country' }, ...countries]}
        />
      </div>
    </>
  );
}

/** Company, address and tax ids. */
export function BillingDetailsDialog({
  details,
  countries,
}: {
  details: BillingDetailsDto;
  countries: readonly Country[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Edit details</Button>
      </DialogTrigger>
      <DialogContent
        title="Billing details"
        description="They stand on every invoice from now on. Tax follows what the payment provider makes of them."
      >
        <ActionForm action={billingDetailsAction} onDone={() => setOpen(false)}>
          <TextField
            name="company_name"
            label="Company"
            hint="Left empty, the name of your organisation stands there."
            autoComplete="organization"
            defaultValue={details.company_name ?? ''}
          />
          <AddressFields address={details.address} countries={countries} />
          <TaxIdFields known={details.tax_ids} />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it</Button>
            </DialogClose>
            <SubmitButton>Save details</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
