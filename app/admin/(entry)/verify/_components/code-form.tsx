'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { AnyCodeField } from '../../../_components/any-code-field';
import { proveCodeAction } from '../actions';

export function CodeForm() {
  return (
    <ActionForm action={proveCodeAction}>
      <AnyCodeField />
      <SubmitButton>Confirm code</SubmitButton>
    </ActionForm>
  );
}
