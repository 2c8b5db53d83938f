'use client';

import type { ReactNode } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import type { Action } from '@/lib/transport/define-action';

type Props = { action: Action<null>; token: string; label: string; children?: ReactNode };

/**
 * Redeems a mailed link by a press of a button: mail scanners open links, and would use them up if
 * opening were enough.
 */
export function LinkForm({ action, token, label, children }: Props) {
  return (
    <ActionForm action={action}>
      <input type="hidden" name="token" value={token} />
      {children}
      <SubmitButton>{label}</SubmitButton>
    </ActionForm>
  );
}
