'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { PasswordField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { joinAction } from '../actions';

export function JoinForm({ token, email }: { token: string; email: string }) {
  return (
    <ActionForm action={joinAction}>
      <input type="hidden" name="token" value={token} />
      {/* Tells password managers whose password this is. */}
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <PasswordField
        name="password"
        label="Choose a password"
        hint="At least 10 characters. A few words are better than symbols."
        autoComplete="new-password"
        autoFocus
        required
      />
      <SubmitButton>Save password and sign in</SubmitButton>
    </ActionForm>
  );
}
