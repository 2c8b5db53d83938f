import { createHmac } from 'node:crypto';
import { receiveWebhook } from '@/lib/domains/billing';
import { jobs } from '@/lib/domains/billing/jobs';
import { reconcileBilling } from '@/lib/domains/billing/reconcile-billing';
import type { Clock } from '@/lib/kernel/clock';
import type { RequestInfo } from '@/lib/kernel/ctx';
import type { Delivery, World } from '@/lib/testing/billing-world';

/** What reads the provider; mails and other work may wait. */
const READING = ['billing.receive', 'billing.converge'];

const handlers = new Map(jobs.map((job) => [job.contract.name, job]));

const infoAt = (clock: Clock): RequestInfo => ({
  requestId: 'req_orders',
  clock,
  ip: null,
  userAgent: null,
});

/** Does what is queued for the reading of the provider, until nothing is. */
async function doQueued({ admin }: World, clock: Clock): Promise<void> {
  const info = infoAt(clock);
  for (;;) {
    const { rows } = await admin.query<{ name: string; payload: { tenantId: string } }>(
      `DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
       WHERE t.id = j.task_id AND t.identifier = ANY ($1) RETURNING t.identifier AS name, j.payload`,
      [READING],
    );
    if (rows.length === 0) return;
    for (const { name, payload } of rows) {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`nothing runs ${name}`);
      const { tenantId } = payload;
      const actor = { kind: 'job', name } as const;
      const ctx = handler.contract.scope === 'tenant' ? { ...info, tenantId, actor } : info;
      const run = { attempt: 1, maxAttempts: 1, signal: new AbortController().signal };
      await handler.run(ctx, payload, run);
    }
  }
}

/** Gives the product a delivery, signed at the clock's time as the provider does, and does what that queued. */
export async function deliver(world: World, clock: Clock, { body }: Delivery): Promise<void> {
  const at = Math.floor(clock.now().getTime() / 1000);
  const secret = process.env.STRIPE_WEBHOOK_SECRET ?? '';
  const signed = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  const header = (name: string) => (name === 'stripe-signature' ? `t=${at},v1=${signed}` : null);
  await receiveWebhook(infoAt(clock), 'stripe', body, header);
  await doQueued(world, clock);
}

/** What happens every night: whatever deliveries were lost is found. */
export async function reconcile(world: World, clock: Clock): Promise<void> {
  await reconcileBilling(infoAt(clock));
  await doQueued(world, clock);
}
