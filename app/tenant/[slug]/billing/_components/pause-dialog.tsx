'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { pauseAction } from '../actions';

/** Says what pausing means before it is done. */
export function PauseDialog({
  subscriptionId,
  planName,
  pausing,
  waiting,
}: {
  subscriptionId: string;
  planName: string;
  /** What becomes of the paid time while it rests. */
  pausing: string | null;
  /** A change waits, which pausing forgets. */
  waiting: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Pause</Button>
      </DialogTrigger>
      <DialogContent
        title={`Pause ${planName}?`}
        description="Nothing is charged while it rests. Your data stays and can be read; nothing new can be started."
      >
        <ActionForm action={pauseAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="subscription_id" value={subscriptionId} />
          <p className="text-base text-muted">
            {pausing}
            {waiting ? ' The change that waits is forgotten.' : null}
          </p>
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Keep it running</Button>
            </DialogClose>
            <SubmitButton>Pause {planName}</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
