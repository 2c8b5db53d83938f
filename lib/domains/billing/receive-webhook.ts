import { withNobody, withSystem } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { enqueue } from '@/lib/infra/queue';
import { isLiveMode, readSignedEvent } from '@/lib/infra/stripe';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { isUuid, parsePublicId } from '@/lib/kernel/ids';
import { z } from 'zod';
import { convergeBilling } from './converge-billing';
import { receiveContract } from './job-contracts';

const PROVIDER = 'stripe';

const refused = (detail: string) => new DomainError('malformed', 'webhook_refused', detail);

/** The parts of an event that say whose it is; everything else is asked of the provider. */
const eventShape = z.object({
  id: z.string().max(255),
  type: z.string().max(255),
  data: z.object({
    object: z.object({
      id: z.string().optional(),
      object: z.string().optional(),
      customer: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
});

/**
 * Stores a delivery and queues a job for it, in one transaction; nothing of it is believed yet but
 * that it was signed for us. The same event again is acknowledged and forgotten.
 * Throws 400 `webhook_refused`: bad or old signature, another account, the other mode.
 */
export async function receiveWebhook(
  ctx: PublicCtx,
  rawBody: string,
  signature: string | null,
): Promise<{ duplicate: boolean }> {
  const now = ctx.clock.now();
  const event = signature ? readSignedEvent(rawBody, signature, now) : null;
  const parsed = eventShape.safeParse(event);
  if (!event || !parsed.success) {
    throw refused('The signature doesn’t fit the body, or is too old.');
  }
  if (event.account) throw refused('This event belongs to another account.');
  if (event.livemode !== isLiveMode()) throw refused('This event is of another mode than our key.');
  return withNobody(async (tx) => {
    const rows = await tx.$queryRaw<{ stored: boolean }[]>`
      SELECT door.store_webhook(${PROVIDER}, ${event.id}, ${event.type}, ${rawBody}::json, ${now}) AS stored`;
    if (!rows[0]?.stored) return { duplicate: true };
    await enqueue(tx, receiveContract, { eventId: event.id });
    return { duplicate: false };
  });
}

async function tenantOf(body: unknown): Promise<string | null> {
  const event = eventShape.safeParse(body);
  if (!event.success) return null;
  const { object } = event.data.data;
  const reference =
    object.object === 'customer'
      ? object.id
      : typeof object.customer === 'string'
        ? object.customer
        : object.customer?.id;
  if (reference) {
    const row = await withSystem('billing.receive', (tx) =>
      tx.billingCustomer.findFirst({ where: { gateway: PROVIDER, customerId: reference } }),
    );
    if (row) return row.tenantId;
  }
  const named = object.metadata?.tenant_id;
  const tenantId = named ? parsePublicId('tenant', named) : null;
  return tenantId && isUuid(tenantId) && (await exists(tenantId)) ? tenantId : null;
}

async function exists(tenantId: string): Promise<boolean> {
  const count = await withSystem('billing.receive', (tx) =>
    tx.billingCustomer.count({ where: { tenantId, gateway: PROVIDER } }),
  );
  return count > 0;
}

/**
 * Deals with a stored event: it only says where to look. What it claims is not used; the provider
 * is asked, and the tenant's state follows what it answers.
 */
export async function processWebhook(ctx: PublicCtx, eventId: string): Promise<void> {
  const where = { provider_eventId: { provider: PROVIDER, eventId } };
  const event = await withSystem('billing.receive', (tx) =>
    tx.webhookInbox.update({ where, data: { attempts: { increment: 1 } } }),
  );
  if (event.processedAt) return;
  const tenantId = await tenantOf(event.body);
  let outcome = 'ignored';
  if (tenantId) {
    const own: Ctx = { ...ctx, tenantId, actor: { kind: 'webhook', provider: PROVIDER } };
    try {
      const { changed } = await convergeBilling(own);
      outcome = changed ? 'changed' : 'unchanged';
    } catch (error) {
      const lastError = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
      await withSystem('billing.receive', (tx) =>
        tx.webhookInbox.update({ where, data: { lastError } }),
      );
      throw error;
    }
  }
  log().debug({ eventId, type: event.type, outcome }, 'webhook processed');
  await withSystem('billing.receive', (tx) =>
    tx.webhookInbox.update({
      where,
      data: { processedAt: ctx.clock.now(), outcome, lastError: null },
    }),
  );
}
