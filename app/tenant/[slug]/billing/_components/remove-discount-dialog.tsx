'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { removeDiscountAction } from '../actions';

/** Asks before a discount is given away that doesn’t come back. */
export function RemoveDiscountDialog({ subscriptionId }: { subscriptionId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Remove discount</Button>
      </DialogTrigger>
      <DialogContent
        title="Remove the discount?"
        description="From the next invoice on you pay the full price. A code is good once: you can’t enter this one again."
      >
        <ActionForm action={removeDiscountAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="subscription_id" value={subscriptionId} />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Keep it</Button>
            </DialogClose>
            <SubmitButton variant="danger">Remove discount</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
