'use client';

import Link from 'next/link';
import { ActionForm } from '@/components/patterns/form/action-form';
import { PasswordField, TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Callout } from '@/components/ui/callout';
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
        aside={<Link href="/forgot-password">Forgot it?</Link>}
        required
      />
      <SubmitButton>Sign in</SubmitButton>
    </ActionForm>
  );
}
