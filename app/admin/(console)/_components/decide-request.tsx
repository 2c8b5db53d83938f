'use client';

import { type ReactNode, useState } from 'react';
import { ActionForm, type ActionFormProps } from '@/components/patterns/form/action-form';
import { TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';

type Asked = { id: string; reason: string; requested_by: { id: string; email: string } | null };
type DecisionAction = ActionFormProps<null>['action'];

type Props = {
  /** What waits for a second operator, as a sentence has it. */
  what: 'discount' | 'refund';
  asked: Asked;
  /** Of what or whom: “Acme”, an invoice’s number. */
  of: string;
  /** Who decides: whoever asked takes it back alone. */
  decider: string;
  approve: { action: DecisionAction; follows: ReactNode };
  refuse: { action: DecisionAction; follows: string };
};

/** A button, and behind it the form that decides; it closes when that is done. */
function Decision({
  label,
  title,
  description,
  action,
  id,
  submit,
  children,
}: {
  label: string;
  title: string;
  description: string;
  action: DecisionAction;
  id: string;
  submit: ReactNode;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">{label}</Button>
      </DialogTrigger>
      <DialogContent title={title} description={description}>
        <ActionForm action={action} onDone={() => setOpen(false)}>
          <input type="hidden" name="id" value={id} />
          {children}
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Leave it waiting</Button>
            </DialogClose>
            {submit}
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** What can be done with what waits for a second operator. */
export function DecideRequest({ what, asked, of, decider, approve, refuse }: Props) {
  const own = asked.requested_by?.id === decider;
  const verb = own ? 'Take back' : 'Refuse';
  return (
    <div className="flex flex-wrap gap-2">
      {own ? null : (
        <Decision
          label="Approve"
          title={`Approve the ${what} of ${of}?`}
          description={`${asked.requested_by?.email} asked for it: ${asked.reason}`}
          action={approve.action}
          id={asked.id}
          submit={<SubmitButton>Approve {what}</SubmitButton>}
        >
          <p>{approve.follows}</p>
        </Decision>
      )}
      <Decision
        label={verb}
        title={`${verb} this ${what}?`}
        description={refuse.follows}
        action={refuse.action}
        id={asked.id}
        submit={
          <SubmitButton variant="danger">
            {verb} {what}
          </SubmitButton>
        }
      >
        <TextareaField
          name="reason"
          label="Reason"
          hint={`Stays with the ${what} and in our audit log.`}
          rows={3}
          autoFocus
          required
        />
      </Decision>
    </div>
  );
}
