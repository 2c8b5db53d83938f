import { ActionForm } from '@/components/patterns/form/action-form';
import { TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Badge } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { ResendVerification } from '../../_shell/resend-verification';
import { updateMeAction } from '../actions';

type Props = { name: string; email: string; verified: boolean };

/** What others call the person, and the address that they sign in with. */
export function ProfileCard({ name, email, verified }: Props) {
  return (
    <Card>
      <CardHeader title="Profile" description="What colleagues see beside what you do." />
      <CardBody className="grid gap-5">
        <ActionForm action={updateMeAction} success="Saved">
          <TextField
            name="name"
            label="Name"
            defaultValue={name}
            autoComplete="name"
            maxLength={100}
            required
          />
          <FormActions>
            <SubmitButton>Save name</SubmitButton>
          </FormActions>
        </ActionForm>
        <div className="grid gap-2 border-line border-t pt-5">
          <p className="font-medium text-sm text-strong">E-mail</p>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-base text-default">
            <span className="min-w-0 break-all">{email}</span>
            {verified ? (
              <Badge tone="positive">Confirmed</Badge>
            ) : (
              <Badge tone="warning">Not confirmed</Badge>
            )}
          </p>
          {verified ? null : (
            <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-muted text-sm">
              <span>Open the link we mailed you. Until then you can’t invite others.</span>
              <ResendVerification />
            </p>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
