'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { proveCodeAction } from '../actions';

export function CodeForm() {
  return (
    <ActionForm action={proveCodeAction}>
      <TextField
        name="code"
        label="Code"
        hint="Six digits from the app, or one of your recovery codes."
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
      />
      <SubmitButton>Confirm code</SubmitButton>
    </ActionForm>
  );
}
