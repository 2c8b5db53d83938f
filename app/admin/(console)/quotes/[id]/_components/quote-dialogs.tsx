'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { AdminQuote } from '@/lib/domains/operator/quotes/schemas';
import { sendQuoteAction, withdrawQuoteAction } from '../../actions';

export function SendDialog({ quote }: { quote: AdminQuote }) {
  const [open, setOpen] = useState(false);
  const { id, number, tenant, revision, draft_revision } = quote;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>{revision > 0 ? `Send revision ${revision + 1}` : 'Send quote'}</Button>
      </DialogTrigger>
      <DialogContent
        title={`Send ${number} to ${tenant.name}?`}
        description="Its owners are mailed and can accept it. What was sent can’t be changed; a change is a new revision, which takes its place."
      >
        <ActionForm action={sendQuoteAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="draft_revision" value={draft_revision} />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Keep it a draft</Button>
            </DialogClose>
            <SubmitButton>Send quote</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

export function WithdrawDialog({ quote }: { quote: AdminQuote }) {
  const [open, setOpen] = useState(false);
  const { id, number, tenant } = quote;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Withdraw</Button>
      </DialogTrigger>
      <DialogContent
        title={`Withdraw ${number}?`}
        description={`${tenant.name} can’t accept it any more, and reads why. Sending a new revision opens it again.`}
      >
        <ActionForm action={withdrawQuoteAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={id} />
          <TextareaField
            name="reason"
            label="Reason"
            hint="The customer reads it."
            rows={3}
            maxLength={500}
            autoFocus
            required
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it open</Button>
            </DialogClose>
            <SubmitButton variant="danger">Withdraw quote</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
