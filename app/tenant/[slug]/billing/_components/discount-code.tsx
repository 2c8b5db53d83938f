'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { DiscountWords } from '@/components/billing/discount-words';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { DateTime, Money } from '@/components/ui/figures';
import { Input } from '@/components/ui/input';
import { apiFetch } from '@/lib/client/api-fetch';
import { type DiscountPreview, discountPreview } from '@/lib/domains/billing/discount/schemas';
import { applyDiscountAction } from '../actions';

function Preview({ preview, replaces }: { preview: DiscountPreview; replaces: boolean }) {
  const { discount, next_invoice } = preview;
  return (
    <p className="text-base text-default">
      <span className="font-medium text-strong">
        <DiscountWords discount={discount} />
      </span>
      {next_invoice ? (
        <>
          : the invoice of <DateTime value={next_invoice.at} style="date" /> comes to{' '}
          <Money value={next_invoice.total} />
        </>
      ) : null}
      .{replaces ? ' It takes the place of the discount that runs.' : null}
    </p>
  );
}

/** Asks what a code gives, shows it, and applies it. */
export function DiscountCode({
  subscriptionId,
  replaces,
}: {
  subscriptionId: string;
  replaces: boolean;
}) {
  const tenant = useShellTenant() ?? '';
  const [typed, setTyped] = useState('');
  const check = useMutation({
    mutationFn: (code: string) =>
      apiFetch(`/subscriptions/${subscriptionId}/discount/preview`, discountPreview, {
        tenant,
        method: 'POST',
        body: { code },
      }),
  });
  const change = (text: string) => {
    setTyped(text);
    check.reset();
  };
  return (
    <div className="grid max-w-[640px] gap-4">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) check.mutate(typed.trim());
        }}
      >
        <Field
          label={replaces ? 'Another code' : 'Promotion code'}
          error={check.error?.message}
          className="min-w-0 grow"
        >
          <Input
            value={typed}
            onChange={(event) => change(event.target.value)}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={100}
          />
        </Field>
        <Button type="submit" variant="secondary" pending={check.isPending}>
          Check code
        </Button>
      </form>
      {check.data ? (
        <ActionForm action={applyDiscountAction} onDone={() => change('')}>
          <Preview preview={check.data} replaces={replaces} />
          <input type="hidden" name="subscription_id" value={subscriptionId} />
          <input type="hidden" name="code" value={typed.trim()} />
          <FormActions>
            <Button variant="secondary" onClick={() => change('')}>
              Not now
            </Button>
            <SubmitButton>Apply code</SubmitButton>
          </FormActions>
        </ActionForm>
      ) : null}
    </div>
  );
}
