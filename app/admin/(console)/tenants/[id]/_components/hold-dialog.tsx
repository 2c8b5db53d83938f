'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextareaField, TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { liftSuspensionAction, suspendTenantAction } from '../../actions';

type Props = { id: string; slug: string; name: string; held: boolean };

const words = {
  suspend: {
    verb: 'Suspend tenant',
    description:
      'Its members and keys reach nothing but billing and their account, until an operator lifts it. Paying alone doesn’t.',
  },
  lift: {
    verb: 'Lift suspension',
    description: 'It gets the status back that it had, and billing is brought up to date.',
  },
} as const;

/** Suspends a tenant or lets it in again: asks for the slug and for the reason, which the tenant sees too. */
export function HoldDialog({ id, slug, name, held }: Props) {
  const [open, setOpen] = useState(false);
  const { verb, description } = held ? words.lift : words.suspend;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant={held ? 'primary' : 'danger'}>{verb}</Button>
      </DialogTrigger>
      <DialogContent title={`${verb} “${name}”?`} description={description}>
        <ActionForm
          action={held ? liftSuspensionAction : suspendTenantAction}
          onDone={() => setOpen(false)}
        >
          <input type="hidden" name="id" value={id} />
          <TextareaField
            name="reason"
            label="Reason"
            hint="Stays in our audit log and in the tenant’s own."
            rows={3}
            autoFocus
            required
          />
          <TextField
            name="slug"
            label={<>Type “{slug}” to confirm</>}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Keep it as it is</Button>
            </DialogClose>
            <SubmitButton variant={held ? 'primary' : 'danger'}>{verb}</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
