'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Money } from '@/components/ui/figures';
import type { AdminRefund } from '@/lib/domains/operator/refunds/schemas';
import { approveRefundAction, refuseRefundAction } from '../actions';

type Props = { refund: AdminRefund };

function Approve({ refund }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Approve</Button>
      </DialogTrigger>
      <DialogContent
        title={`Approve the refund of ${refund.invoice.number}?`}
        description={`${refund.requested_by?.email} asked for it: ${refund.reason}`}
      >
        <p className="mb-5">
          <Money value={refund.amount} className="font-medium text-strong" /> is paid back to “
          {refund.tenant.name}” at once, and a credit note is issued.
        </p>
        <ActionForm action={approveRefundAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={refund.id} />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it waiting</Button>
            </DialogClose>
            <SubmitButton>Approve refund</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

function Refuse({ refund, own }: Props & { own: boolean }) {
  const [open, setOpen] = useState(false);
  const verb = own ? 'Take back' : 'Refuse';
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">{verb}</Button>
      </DialogTrigger>
      <DialogContent
        title={`${verb} this refund?`}
        description="Nothing is paid back, and what it held can be asked for again."
      >
        <ActionForm action={refuseRefundAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={refund.id} />
          <TextareaField
            name="reason"
            label="Reason"
            hint="Stays with the refund and in our audit log."
            rows={3}
            autoFocus
            required
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it waiting</Button>
            </DialogClose>
            <SubmitButton variant="danger">{verb} refund</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** What can be done with a refund that waits: by whoever asked, taking it back alone. */
export function DecideRefund({ refund, decider }: Props & { decider: string }) {
  const own = refund.requested_by?.id === decider;
  return (
    <div className="flex flex-wrap gap-2">
      {own ? null : <Approve refund={refund} />}
      <Refuse refund={refund} own={own} />
    </div>
  );
}
