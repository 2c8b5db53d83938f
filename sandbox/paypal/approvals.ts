import { z } from 'zod';
import { activate } from '@/sandbox/paypal/billing';
import { tell } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { shownOrder } from '@/sandbox/paypal/order-shown';
import type { Approval, Subscription } from '@/sandbox/paypal/records';
import { moveTo, tellSubscription } from '@/sandbox/paypal/subscription-shown';
import type { Api } from '@/sandbox/stripe/api';

/** Where a payer is sent back to, and what the page says. */
export const CONTEXT = z.strictObject({
  brand_name: z.string().min(1).max(127).optional(),
  locale: z.string().optional(),
  return_url: z.url().optional(),
  cancel_url: z.url().optional(),
  shipping_preference: z.enum(['NO_SHIPPING', 'GET_FROM_FILE', 'SET_PROVIDED_ADDRESS']).optional(),
  user_action: z.enum(['SUBSCRIBE_NOW', 'CONTINUE']).optional(),
});
export type Context = z.infer<typeof CONTEXT>;

/** A page for the payer's answer; its id is the token in the address. */
export function approvalFor(
  api: Api,
  kind: Approval['kind'],
  of: string,
  context: Pick<Context, 'brand_name' | 'return_url' | 'cancel_url'> = {},
  revision: Approval['revision'] = null,
): Approval {
  return api.store.put('paypal.approval', {
    // An order's page is known by the order's own id.
    id: kind === 'order' ? of : newId('BA'),
    kind,
    of,
    brand: context.brand_name ?? 'The merchant',
    return_url: context.return_url ?? null,
    cancel_url: context.cancel_url ?? null,
    answered: false,
    revision,
  });
}

/** Another frequency counts from the next billing; the same one goes on from its anchor. Trials are over. */
function revise(api: Api, sub: Subscription, to: { plan: string; quantity: number }): void {
  const cyclesOf = (plan: string) => api.store.get('paypal.plan', plan).billing_cycles;
  const [before, after] = [cyclesOf(sub.plan).at(-1), cyclesOf(to.plan).at(-1)];
  if (!before || !after) throw new Error('a plan has a regular cycle');
  const same = JSON.stringify(before.frequency) === JSON.stringify(after.frequency);
  const trials = cyclesOf(to.plan).slice(0, -1);
  api.store.patch('paypal.subscription', sub.id, {
    ...to,
    done: {
      ...Object.fromEntries(trials.map((cycle) => [cycle.sequence, cycle.total_cycles])),
      [after.sequence]: same ? (sub.done[before.sequence] ?? 0) : 0,
    },
    ...(same ? {} : { sequence_began: sub.next_billing ?? api.now(sub.test_clock) }),
  });
}

/** The payer agreed; `pays` says whether their account will. A revision counts from the next cycle on. */
export function approve(api: Api, approval: Approval, pays: boolean): void {
  api.store.patch('paypal.approval', approval.id, { answered: true });
  if (approval.kind === 'order') {
    const order = api.store.patch('paypal.order', approval.of, { status: 'APPROVED', pays });
    const summary = 'An order has been approved by buyer';
    tell(api, 'CHECKOUT.ORDER.APPROVED', summary, 'checkout-order', shownOrder(api, order));
    return;
  }
  const sub = api.store.patch('paypal.subscription', approval.of, { pays });
  if (approval.revision) {
    revise(api, sub, approval.revision);
    tellSubscription(api, sub.id, 'UPDATED');
  } else if (sub.user_action === 'CONTINUE') moveTo(api, sub.id, 'APPROVED', null);
  else activate(api, sub.id);
}
