'use client';

import { NewPasswordField } from '@/components/identity/password-fields';
import { LinkForm } from '../../_components/link-form';
import { resetPasswordAction } from '../actions';

export function ResetForm({ token }: { token: string }) {
  return (
    <LinkForm action={resetPasswordAction} token={token} label="Save password">
      <NewPasswordField label="New password" autoFocus />
    </LinkForm>
  );
}
