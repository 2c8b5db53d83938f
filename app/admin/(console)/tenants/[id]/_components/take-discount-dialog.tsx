'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { removeDiscountAction } from '../../actions';

/** Asks why, for the tenant reads it too. */
export function TakeDiscountDialog({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Take away</Button>
      </DialogTrigger>
      <DialogContent
        title="Take the discount away?"
        description="What was charged with it stays. The next invoice is at the full price."
      >
        <ActionForm action={removeDiscountAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={id} />
          <TextareaField
            name="reason"
            label="Reason"
            hint="Stays in our audit log and in the tenant’s own."
            rows={3}
            required
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it</Button>
            </DialogClose>
            <SubmitButton variant="danger">Take discount away</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
