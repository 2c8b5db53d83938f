'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { resumeAction } from '../actions';

/** Takes back a cancellation that hasn't come about yet. */
export function ResumeForm({ subscriptionId }: { subscriptionId: string }) {
  return (
    <ActionForm action={resumeAction}>
      <input type="hidden" name="subscription_id" value={subscriptionId} />
      <SubmitButton variant="secondary">Resume subscription</SubmitButton>
    </ActionForm>
  );
}
