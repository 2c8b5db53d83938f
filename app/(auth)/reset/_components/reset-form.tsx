'use client';

import { PasswordField } from '@/components/patterns/form/form-fields';
import { LinkForm } from '../../_components/link-form';
import { resetPasswordAction } from '../actions';

export function ResetForm({ token }: { token: string }) {
  return (
    <LinkForm action={resetPasswordAction} token={token} label="Save password">
      <PasswordField
        name="password"
        label="New password"
        hint="At least 10 characters. A few words are better than symbols."
        autoComplete="new-password"
        autoFocus
        required
      />
    </LinkForm>
  );
}
