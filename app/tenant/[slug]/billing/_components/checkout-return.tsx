'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Spinner } from '@/components/ui/spinner';
import { useTenantEvents } from '@/lib/client/use-tenant-events';
import type { SubscriptionDto } from '@/lib/domains/billing';
import { refreshCheckoutAction } from '../actions';

/** Between questions to the server, in ms; and how often before it is left to the person. */
const EVERY_MS = 2_000;
const TIMES = 30;

async function ask(tenant: string): Promise<SubscriptionDto | null> {
  const form = new FormData();
  form.set('__tenant', tenant);
  const outcome = await refreshCheckoutAction(null, form);
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.data;
}

/**
 * Back from the hosted page. Believes nothing of the address: it asks what the provider says until
 * that is settled, and the page follows without a reload.
 */
export function CheckoutReturn({
  returned,
  forCard,
  planNames,
}: {
  /** The address says so; it is remembered here, for the address is tidied afterwards. */
  returned: boolean;
  /** The page took another card for what runs, and sold nothing. */
  forCard: boolean;
  planNames: Record<string, string>;
}) {
  const [shown, setShown] = useState(returned);
  const [card] = useState(forCard);
  const tenant = useShellTenant() ?? '';
  const router = useRouter();
  const [followed, setFollowed] = useState(false);
  const [, startFollowing] = useTransition();
  const query = useQuery({
    queryKey: ['billing', 'checkout', tenant],
    queryFn: () => ask(tenant),
    enabled: shown,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.status === 'incomplete' && state.dataUpdateCount < TIMES ? EVERY_MS : false,
  });
  useTenantEvents(shown ? tenant : null, ['subscription'], () => void query.refetch());
  const status = query.data?.status ?? null;
  const settled = status !== null && status !== 'incomplete';
  useEffect(() => {
    if (!settled) return;
    // One transition: nobody reads "active" above figures of the plan before. The address has said its part, and a
    // bookmark or reload should not say it again; the router is asked to tidy it, for a refresh may be on its way.
    startFollowing(() => {
      router.replace(window.location.pathname, { scroll: false });
      setFollowed(true);
    });
  }, [settled, router]);
  if (!shown) return null;
  const close = (
    <Button variant="ghost" size="sm" onClick={() => setShown(false)}>
      Close
    </Button>
  );
  if (query.isError) {
    return (
      <Callout
        tone="warning"
        announce
        title="We couldn’t ask the payment provider yet"
        actions={
          <Button
            variant="secondary"
            size="sm"
            pending={query.isFetching}
            onClick={() => void query.refetch()}
          >
            Ask again
          </Button>
        }
      >
        {query.error.message} If you paid, nothing is lost: the plan starts as soon as we hear of
        it.
      </Callout>
    );
  }
  const name = planNames[query.data?.plan_id ?? ''] ?? 'Your plan';
  if (card && settled && followed) {
    const overdue = status === 'past_due' || status === 'unpaid';
    return overdue ? (
      <Callout
        tone="warning"
        announce
        title="The card is saved, but the payment failed"
        actions={close}
      >
        The open invoice is still unpaid. Change the card again, or pay the invoice below on its own
        page.
      </Callout>
    ) : (
      <Callout tone="positive" announce title="The card is saved" actions={close}>
        Payments are charged to the card shown below from now on.
      </Callout>
    );
  }
  if (status === 'active' && followed) {
    return (
      <Callout
        tone="positive"
        announce
        title={`Payment received. ${name} is active.`}
        actions={close}
      >
        Its limits and features are yours now. The invoice is below.
      </Callout>
    );
  }
  if (status === 'trialing' && followed) {
    return (
      <Callout
        tone="positive"
        announce
        title={query.data?.account ? `${name} is on trial` : 'The card is saved'}
        actions={close}
      >
        {query.data?.account ?? 'It'} is charged when the trial of {name} ends, and not before.
      </Callout>
    );
  }
  if (status === 'cancelled' && followed) {
    return (
      <Callout tone="warning" announce title="The payment didn’t go through" actions={close}>
        Nothing was charged, and {name} didn’t begin. Choose it again below, with another way to pay
        if you like.
      </Callout>
    );
  }
  if (settled && followed) return null;
  return (
    <Callout tone="info" announce title="Waiting for the payment to be confirmed">
      <span className="inline-flex items-center gap-2">
        <Spinner label={null} /> This takes a few seconds. You may leave this page: the plan starts
        by itself.
      </span>
    </Callout>
  );
}
