'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { SubscriptionDto } from '@/lib/domains/billing';
import { pauseAction } from '../actions';

/** What becomes of the paid time, by who collects. */
const paidTime: Record<SubscriptionDto['gateway'], string> = {
  stripe:
    'What is unused of the paid time is credited to the next invoice. When you resume, a new period begins that day and is charged.',
  paypal:
    'At PayPal the paid time runs on. Resume within it and nothing is charged; later, the rest of the period is charged that day.',
};

/** Says what pausing means before it is done. */
export function PauseDialog({
  subscriptionId,
  planName,
  gateway,
  waiting,
}: {
  subscriptionId: string;
  planName: string;
  gateway: SubscriptionDto['gateway'];
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
            {paidTime[gateway]}
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
