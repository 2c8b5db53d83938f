'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField, TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { roles } from '@/lib/kernel/access';
import { inviteAction } from '../actions';
import { type Inviting, InviteObstacle } from './invite-obstacle';
import { roleWords } from './role-words';

const options = roles.map((role) => ({
  value: role,
  label: `${roleWords[role].label}: ${roleWords[role].description}`,
}));

/** Invites somebody, or says at once what is in the way. */
export function InviteDialog({ seats, unconfirmed }: Inviting) {
  const [open, setOpen] = useState(false);
  const free = seats.subscribed && (seats.limit === null || seats.used < seats.limit);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button icon={<UserPlus />}>Invite member</Button>
      </DialogTrigger>
      <DialogContent
        title="Invite a member"
        description="They get a link that works for seven days."
      >
        {unconfirmed === null && free ? (
          <ActionForm action={inviteAction} onDone={() => setOpen(false)}>
            <TextField
              name="email"
              label="E-mail"
              type="email"
              autoComplete="off"
              autoFocus
              required
            />
            <SelectField name="role" label="Role" defaultValue="analyst" options={options} />
            <FormActions>
              <SubmitButton>Send invitation</SubmitButton>
            </FormActions>
          </ActionForm>
        ) : (
          <InviteObstacle seats={seats} unconfirmed={unconfirmed} />
        )}
      </DialogContent>
    </Dialog>
  );
}
