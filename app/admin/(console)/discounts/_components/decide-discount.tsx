'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Money } from '@/components/ui/figures';
import type { AdminDiscount } from '@/lib/domains/operator/discounts/schemas';
import { approveDiscountAction, refuseDiscountAction } from '../actions';
import { GiftWords } from './gift-words';

type Props = { discount: AdminDiscount };

function Approve({ discount }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Approve</Button>
      </DialogTrigger>
      <DialogContent
        title={`Approve the discount of “${discount.tenant.name}”?`}
        description={`${discount.requested_by.email} asked for it: ${discount.reason}`}
      >
        <p className="mb-5">
          <span className="font-medium text-strong">
            <GiftWords discount={discount} />
          </span>
          , which came to <Money value={discount.value} /> within a year when it was asked for. It
          takes the place of a discount that runs, and counts from the next invoice on.
        </p>
        <ActionForm action={approveDiscountAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={discount.id} />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it waiting</Button>
            </DialogClose>
            <SubmitButton>Approve discount</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

function Refuse({ discount, own }: Props & { own: boolean }) {
  const [open, setOpen] = useState(false);
  const verb = own ? 'Take back' : 'Refuse';
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">{verb}</Button>
      </DialogTrigger>
      <DialogContent
        title={`${verb} this discount?`}
        description="Nothing is given, and another one can be asked for."
      >
        <ActionForm action={refuseDiscountAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={discount.id} />
          <TextareaField
            name="reason"
            label="Reason"
            hint="Stays with the discount and in our audit log."
            rows={3}
            autoFocus
            required
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it waiting</Button>
            </DialogClose>
            <SubmitButton variant="danger">{verb} discount</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** What can be done with a discount that waits: by whoever asked, taking it back alone. */
export function DecideDiscount({ discount, decider }: Props & { decider: string }) {
  const own = discount.requested_by.id === decider;
  return (
    <div className="flex flex-wrap gap-2">
      {own ? null : <Approve discount={discount} />}
      <Refuse discount={discount} own={own} />
    </div>
  );
}
