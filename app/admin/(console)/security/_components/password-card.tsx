'use client';

import { ChangePasswordFields } from '@/components/identity/password-fields';
import { ActionForm } from '@/components/patterns/form/action-form';
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
          <ChangePasswordFields email={email} />
          <FormActions>
            <SubmitButton>Change password</SubmitButton>
          </FormActions>
        </ActionForm>
      </CardBody>
    </Card>
  );
}
