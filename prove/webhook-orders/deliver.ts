import { receiveWebhook } from '@/lib/domains/billing';
import { reconcileBilling } from '@/lib/domains/billing/reconcile-billing';
import type { Clock } from '@/lib/kernel/clock';
import { secondsOf } from '@/lib/kernel/unix-time';
import type { World } from '@/lib/testing/billing-world';
import type { Delivery } from '@/lib/testing/troubled-provider';
import { doQueued, infoAt } from '@/lib/testing/queued-jobs';
import { signPayload } from '@/sandbox/webhooks/sign';

/** What reads the provider; mails and other work may wait. */
const READING = ['billing.receive', 'billing.converge'];

/** Gives the product a delivery, signed at the clock's time as the provider does, and does what that queued. */
export async function deliver(world: World, clock: Clock, { body }: Delivery): Promise<void> {
  const secret = process.env.STRIPE_WEBHOOK_SECRET ?? '';
  const signature = signPayload(body, secret, secondsOf(clock.now()));
  const header = (name: string) => (name === 'stripe-signature' ? signature : null);
  await receiveWebhook(infoAt(clock), 'stripe', body, header);
  await doQueued(world, clock, READING);
}

/** What happens every night: whatever deliveries were lost is found. */
export async function reconcile(world: World, clock: Clock): Promise<void> {
  await reconcileBilling(infoAt(clock));
  await doQueued(world, clock, READING);
}
