'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ChangePasswordFields } from '@/components/identity/password-fields';
import { ActionForm } from '@/components/patterns/form/action-form';
import { CheckboxField } from '@/components/patterns/form/form-fields';
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
          <ChangePasswordFields email={email} />
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
