'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { QueryAnswer } from '@/components/patterns/query-answer';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { apiFetch } from '@/lib/client/api-fetch';
import type { SubscriptionDto } from '@/lib/domains/billing';
import { changePreview } from '@/lib/domains/billing/schemas';
import { setAddOnsAction } from '../actions';
import { AddOnStepper } from './add-on-stepper';
import type { AddOnRow } from './add-on-rows';
import { ChangeCosts } from './change-costs';

/** How many of each, what that costs, and the button that asks for it. */
export function AddOnsForm({
  rows,
  subscription,
  open,
}: {
  rows: readonly AddOnRow[];
  subscription: SubscriptionDto;
  open: boolean;
}) {
  const tenant = useShellTenant() ?? '';
  const [counts, setCounts] = useState(
    () => new Map(rows.map((row) => [row.addOn.key, row.later])),
  );
  const reset = () => setCounts(new Map(rows.map((row) => [row.addOn.key, row.later])));
  const wanted = (row: AddOnRow) => counts.get(row.addOn.key) ?? 0;
  const changed = rows.some((row) => wanted(row) !== row.later);
  const add_ons = rows.map((row) => ({ key: row.addOn.key, quantity: wanted(row) }));
  const query = useQuery({
    queryKey: ['billing', 'add-ons', tenant, subscription.id, add_ons],
    enabled: changed,
    staleTime: 0,
    queryFn: ({ signal }) =>
      apiFetch(`/subscriptions/${subscription.id}/add-ons/preview`, changePreview, {
        tenant,
        method: 'POST',
        body: { add_ons },
        signal,
      }),
  });
  return (
    <div className="grid gap-5">
      <ul className="grid divide-y divide-line">
        {rows.map((row) => (
          <AddOnStepper
            key={row.addOn.key}
            row={row}
            cycle={subscription.billing_cycle}
            count={wanted(row)}
            most={row.addOn.plans.includes(subscription.plan_id) ? row.addOn.most : row.now}
            open={open}
            onCount={(count) => setCounts(new Map(counts).set(row.addOn.key, count))}
          />
        ))}
      </ul>
      {changed ? (
        <QueryAnswer query={query} failed="The costs could not be worked out">
          {(preview) => (
            <ActionForm action={setAddOnsAction} className="max-w-[640px]">
              <ChangeCosts preview={preview} />
              <input type="hidden" name="subscription_id" value={subscription.id} />
              <input type="hidden" name="add_ons" value={JSON.stringify(add_ons)} />
              <FormActions>
                <Button variant="secondary" onClick={reset}>
                  Keep what I have
                </Button>
                <SubmitButton>Change add-ons</SubmitButton>
              </FormActions>
            </ActionForm>
          )}
        </QueryAnswer>
      ) : null}
    </div>
  );
}
