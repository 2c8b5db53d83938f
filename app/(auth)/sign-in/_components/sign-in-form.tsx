'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { PasswordField, TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Callout } from '@/components/ui/callout';
import { TextLink } from '@/components/ui/text-link';
import { signInAction } from '../actions';

type Props = { tenant: string | null; next: string | null; notice: string | null };

export function SignInForm({ tenant, next, notice }: Props) {
  return (
    <ActionForm action={signInAction}>
      {notice ? <Callout tone="info">{notice}</Callout> : null}
      {tenant ? <input type="hidden" name="tenant" value={tenant} /> : null}
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
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        aside={<TextLink href="/forgot-password">Forgot it?</TextLink>}
        required
      />
      <SubmitButton>Sign in</SubmitButton>
    </ActionForm>
  );
}
