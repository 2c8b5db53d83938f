'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField, TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { addOperatorAction } from '../actions';
import { ROLE_HINT, roleOptions } from './operator-words';

/** Name, address and role; the rest is for the invited one alone. */
export function AddOperatorDialog() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Invite an operator</Button>
      </DialogTrigger>
      <DialogContent
        title="Invite an operator"
        description="They get a mail with a link, good once and for three days, and choose a password of their own."
      >
        <ActionForm action={addOperatorAction} onDone={() => setOpen(false)}>
          <TextField name="name" label="Name" autoComplete="off" autoFocus required />
          <TextField
            name="email"
            label="E-mail"
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            required
          />
          <SelectField
            name="role"
            label="Role"
            hint={ROLE_HINT}
            options={roleOptions}
            defaultValue="support"
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Invite nobody</Button>
            </DialogClose>
            <SubmitButton>Send invitation</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
