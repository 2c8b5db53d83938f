'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Callout } from '@/components/ui/callout';
import { requestResetAction } from '../actions';

export function ForgotForm() {
  const [sent, setSent] = useState(false);
  if (sent) {
    return (
      <Callout tone="info" title="Look into your inbox" announce>
        <p>If there is an account with this address, a link is on its way.</p>
      </Callout>
    );
  }
  return (
    <ActionForm action={requestResetAction} onDone={() => setSent(true)}>
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        autoFocus
        required
      />
      <SubmitButton>Send the link</SubmitButton>
    </ActionForm>
  );
}
