'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ActionForm } from '@/components/patterns/form/action-form';
import { CheckboxField, PasswordField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { queryKeys } from '@/lib/client/query-keys';
import { changePasswordAction } from '../actions';

/** A new password for whoever knows the current one. */
export function PasswordCard({ email, tenant }: { email: string; tenant: string }) {
  const client = useQueryClient();
  return (
    <Card>
      <CardHeader title="Password" description="You get a mail when it was changed." />
      <CardBody>
        <ActionForm
          action={changePasswordAction}
          success="Your password is changed"
          onDone={() => void client.invalidateQueries({ queryKey: queryKeys.sessions(tenant) })}
          resetOnSuccess
        >
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
          <CheckboxField
            name="end_other_sessions"
            label="Sign out my other devices"
            defaultChecked
          />
          <FormActions>
            <SubmitButton>Change password</SubmitButton>
          </FormActions>
        </ActionForm>
      </CardBody>
    </Card>
  );
}
