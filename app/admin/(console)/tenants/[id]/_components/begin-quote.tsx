'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { createQuoteAction } from '../../../quotes/actions';

/** Begins a quote that the tenant didn't ask for, and leads to its editor. */
export function BeginQuote({ tenantId }: { tenantId: string }) {
  return (
    <ActionForm action={createQuoteAction}>
      <input type="hidden" name="tenant_id" value={tenantId} />
      <SubmitButton variant="secondary">Write a quote</SubmitButton>
    </ActionForm>
  );
}
