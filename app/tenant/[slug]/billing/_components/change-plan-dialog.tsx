'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { QueryAnswer } from '@/components/patterns/query-answer';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { SegmentedControl } from '@/components/ui/radio-group';
import { apiFetch } from '@/lib/client/api-fetch';
import type { BillingOverview, SubscriptionDto } from '@/lib/domains/billing';
import { changePreview } from '@/lib/domains/billing/schemas';
import { changePlanAction } from '../actions';
import { ChangeCosts } from './change-costs';
import { adverbs, effectWords } from './change-words';

interface ChangePlanDialogProps {
  subscription: SubscriptionDto;
  plan: BillingOverview['plans'][number];
  cycle: 'monthly' | 'quarterly' | 'annual';
}

/** What the button says that leads to a plan or its cycle. */
export function changeLabel(
  subscription: SubscriptionDto,
  plan: ChangePlanDialogProps['plan'],
  cycle: ChangePlanDialogProps['cycle'],
): string {
  return subscription.plan_id === plan.id ? `Bill ${adverbs[cycle]}` : `Switch to ${plan.name}`;
}

/** What a change costs now and next, and the button that makes it. */
export function ChangePlanDialog({ subscription, plan, cycle }: ChangePlanDialogProps) {
  const [open, setOpen] = useState(false);
  const tenant = useShellTenant() ?? '';
  const [when, setWhen] = useState<'now' | 'period_end'>('now');
  const body = { plan_id: plan.id, billing_cycle: cycle, when };
  const query = useQuery({
    queryKey: ['billing', 'preview', tenant, subscription.id, body],
    enabled: open,
    staleTime: 0,
    queryFn: ({ signal }) =>
      apiFetch(`/subscriptions/${subscription.id}/preview`, changePreview, {
        tenant,
        method: 'POST',
        body,
        signal,
      }),
  });
  const same = subscription.plan_id === plan.id;
  const label = changeLabel(subscription, plan, cycle);
  const trialing = subscription.status === 'trialing';
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary" className="w-full">
          {label}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={same ? `Bill ${plan.name} ${adverbs[cycle]}` : label}
        description={effectWords(subscription.status, when)}
      >
        <div className="grid gap-5">
          <SegmentedControl
            legend="When should it change?"
            options={[
              { value: 'now', label: 'Now' },
              {
                value: 'period_end',
                label: trialing ? 'When the trial ends' : 'When the period ends',
              },
            ]}
            value={when}
            onChange={setWhen}
          />
          <QueryAnswer query={query} failed="The costs could not be worked out">
            {(preview) => (
              <ActionForm action={changePlanAction} onDone={() => setOpen(false)}>
                <ChangeCosts preview={preview} />
                <input type="hidden" name="subscription_id" value={subscription.id} />
                <input type="hidden" name="plan_id" value={plan.id} />
                <input type="hidden" name="billing_cycle" value={cycle} />
                <input type="hidden" name="when" value={when} />
                <FormActions>
                  <DialogClose asChild>
                    <Button variant="secondary">Keep what I have</Button>
                  </DialogClose>
                  <SubmitButton>{label}</SubmitButton>
                </FormActions>
              </ActionForm>
            )}
          </QueryAnswer>
        </div>
      </DialogContent>
    </Dialog>
  );
}
