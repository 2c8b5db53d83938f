'use client';

import { NewPasswordField } from '@/components/identity/password-fields';
import { TextField } from '@/components/patterns/form/form-fields';
import { LinkForm } from '../../_components/link-form';
import { acceptInvitationAction } from '../actions';

/** `fresh`: nobody with this address yet, so a name and a password are asked for. */
export function InviteForm({ token, fresh }: { token: string; fresh: boolean }) {
  return (
    <LinkForm action={acceptInvitationAction} token={token} label="Join">
      {fresh ? (
        <>
          <TextField name="name" label="Your name" autoComplete="name" autoFocus required />
          <NewPasswordField label="Password" />
        </>
      ) : null}
    </LinkForm>
  );
}
