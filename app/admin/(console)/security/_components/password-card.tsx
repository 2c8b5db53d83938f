'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { PasswordField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { changeOwnPasswordAction } from '../actions';

/** A new password for whoever knows the present one. */
export function PasswordCard({ email }: { email: string }) {
  return (
    <Card>
      <CardHeader
        title="Password"
        description="Your other sessions end when it is changed, and you get a mail."
      />
      <CardBody>
        <ActionForm action={changeOwnPasswordAction} resetOnSuccess>
          {/* Tells password managers whose password this is. */}
          <input type="hidden" autoComplete="username" value={email} readOnly />
          <PasswordField
            name="current_password"
            label="Current password"
            autoComplete="current-password"
            required
          />
          <PasswordField
            name="password"
            label="New password"
            hint="At least 10 characters. A few words are better than symbols."
            autoComplete="new-password"
            required
          />
          <FormActions>
            <SubmitButton>Change password</SubmitButton>
          </FormActions>
        </ActionForm>
      </CardBody>
    </Card>
  );
}
