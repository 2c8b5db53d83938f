'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { DateTime } from '@/components/ui/figures';
import { RadioGroup } from '@/components/ui/radio-group';
import type { SubscriptionDto } from '@/lib/domains/billing';
import { cancelAction } from '../actions';

export interface CancelDialogProps {
  subscriptionId: string;
  planName: string;
  status: SubscriptionDto['status'];
  /** End of what is paid, or of the trial. */
  until: string | null;
  /** Whether an invoice of it is overdue. */
  owes: boolean;
}

/** Whether there is a period that can still run out. */
const endsLater = (status: SubscriptionDto['status']) =>
  status === 'trialing' || status === 'active' || status === 'past_due';

/** Asks when to end, and why; says what stays. */
export function CancelDialog({ subscriptionId, planName, status, until, owes }: CancelDialogProps) {
  const [open, setOpen] = useState(false);
  const end = <DateTime value={until} style="date" />;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Cancel subscription</Button>
      </DialogTrigger>
      <DialogContent
        title={`Cancel ${planName}?`}
        description={`Your data stays and can be read. Nothing that was paid is paid back.${owes ? ' The open invoice stays open, and another plan can be started once it is paid.' : ''}`}
      >
        <ActionForm
          action={cancelAction}
          success={`${planName} is cancelled`}
          onDone={() => setOpen(false)}
        >
          <input type="hidden" name="subscription_id" value={subscriptionId} />
          {endsLater(status) ? (
            <RadioGroup
              legend="When should it end?"
              name="when"
              defaultValue="period_end"
              options={[
                {
                  value: 'period_end',
                  label: status === 'trialing' ? 'When the trial ends' : 'When the paid time ends',
                  description: <>Everything works until {end}. You can keep it until then.</>,
                },
                {
                  value: 'now',
                  label: 'Now',
                  description: 'The plan’s limits and features go at once.',
                },
              ]}
            />
          ) : (
            <input type="hidden" name="when" value="now" />
          )}
          <TextareaField
            name="reason"
            label="What made you leave?"
            optional
            rows={3}
            maxLength={500}
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Keep it</Button>
            </DialogClose>
            <SubmitButton variant="danger">Cancel {planName}</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
