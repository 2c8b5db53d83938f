'use client';

import { RotateCw } from 'lucide-react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { replayWebhookAction } from '../actions';

/** Nothing is asked: a delivery only says where to look, and looking twice changes nothing. */
export function ReplayButton({ provider, eventId }: { provider: string; eventId: string }) {
  return (
    <ActionForm action={replayWebhookAction}>
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="event_id" value={eventId} />
      <SubmitButton icon={<RotateCw />}>Replay webhook</SubmitButton>
    </ActionForm>
  );
}
