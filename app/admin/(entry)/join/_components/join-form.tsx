'use client';

import { NewPasswordField, WhosePassword } from '@/components/identity/password-fields';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { joinAction } from '../actions';

export function JoinForm({ token, email }: { token: string; email: string }) {
  return (
    <ActionForm action={joinAction}>
      <input type="hidden" name="token" value={token} />
      <WhosePassword email={email} />
      <NewPasswordField label="Choose a password" autoFocus />
      <SubmitButton>Save password and sign in</SubmitButton>
    </ActionForm>
  );
}
