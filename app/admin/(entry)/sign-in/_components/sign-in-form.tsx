'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { PasswordField, TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { signInAction } from '../actions';

export function SignInForm({ next }: { next: string | null }) {
  return (
    <ActionForm action={signInAction}>
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus
        required
      />
      <PasswordField name="password" label="Password" autoComplete="current-password" required />
      <SubmitButton>Sign in</SubmitButton>
    </ActionForm>
  );
}
