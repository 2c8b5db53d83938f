import { withNobody, withSystem } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { enqueue } from '@/lib/infra/queue';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { isUuid, parsePublicId } from '@/lib/kernel/ids';
import { findGateway } from './gateways/find-gateway';
import type { EventOwner } from './gateways/port';
import { convergeContract, receiveContract } from './job-contracts';
import { keepMention } from './refunds/mentions';
import type { GatewayName } from './schemas';

/**
 * Stores a delivery and queues a job for it, in one transaction; nothing of it is believed yet but
 * that it was signed for us. The same event again is acknowledged and forgotten.
 * Throws 400 `webhook_refused`: bad or old signature, another account, the other mode.
 */
export async function receiveWebhook(
  ctx: PublicCtx,
  provider: GatewayName,
  rawBody: string,
  header: (name: string) => string | null,
): Promise<{ duplicate: boolean }> {
  const now = ctx.clock.now();
  const event = await findGateway(provider)?.readWebhook(rawBody, header, now);
  if (!event) {
    throw new DomainError(
      'malformed',
      'webhook_refused',
      'The signature doesn’t fit the body, or is too old.',
    );
  }
  return withNobody(async (tx) => {
    const rows = await tx.$queryRaw<{ stored: boolean }[]>`
      SELECT door.store_webhook(${provider}, ${event.id}, ${event.type}, ${rawBody}::json, ${now}) AS stored`;
    if (!rows[0]?.stored) return { duplicate: true };
    await enqueue(tx, receiveContract, { provider, eventId: event.id });
    return { duplicate: false };
  });
}

async function tenantOf(gateway: GatewayName, owner: EventOwner): Promise<string | null> {
  const { customerId, tenantPublicId } = owner;
  if (customerId) {
    const row = await withSystem('billing.receive', (tx) =>
      tx.billingCustomer.findFirst({ where: { gateway, customerId } }),
    );
    if (row) return row.tenantId;
  }
  const tenantId = tenantPublicId ? parsePublicId('tenant', tenantPublicId) : null;
  if (!tenantId || !isUuid(tenantId)) return null;
  const count = await withSystem('billing.receive', (tx) =>
    tx.billingCustomer.count({ where: { tenantId, gateway } }),
  );
  return count > 0 ? tenantId : null;
}

/** Keeps for operators why an event isn't dealt with yet; the next try may say otherwise. */
async function noteFailure(provider: GatewayName, eventId: string, error: unknown): Promise<void> {
  const lastError = error instanceof Error ? error.message : String(error);
  await withSystem('billing.receive', (tx) =>
    tx.webhookInbox.updateMany({
      where: { provider, eventId, processedAt: null },
      data: { lastError },
    }),
  );
}

async function dealWith(
  ctx: PublicCtx,
  provider: GatewayName,
  { eventId, body, type }: { eventId: string; body: unknown; type: string },
): Promise<void> {
  const gateway = findGateway(provider);
  if (!gateway) return;
  const owner = await gateway.whoseEvent(body);
  const tenantId = await tenantOf(provider, owner);
  const outcome = tenantId ? 'queued' : 'ignored';
  const now = ctx.clock.now();
  await withSystem('billing.receive', async (tx) => {
    if (tenantId) {
      const { mention } = owner;
      if (mention) await keepMention(tx, { tenantId, gateway: provider }, mention, now);
      await enqueue(
        tx,
        convergeContract,
        { tenantId, toldBy: provider },
        { key: `converge:${tenantId}` },
      );
    }
    await tx.webhookInbox.update({
      where: { provider_eventId: { provider, eventId } },
      data: { processedAt: now, outcome, lastError: null },
    });
  });
  log().debug({ eventId, type, outcome }, 'webhook processed');
}

/**
 * Deals with a stored event: it only says where to look. What it claims is not used; the tenant's billing is
 * queued to be read, once for all events of a burst. What fails is kept with the event, and thrown.
 */
export async function processWebhook(
  ctx: PublicCtx,
  provider: GatewayName,
  eventId: string,
): Promise<void> {
  const event = await withSystem('billing.receive', (tx) =>
    tx.webhookInbox.update({
      where: { provider_eventId: { provider, eventId } },
      data: { attempts: { increment: 1 } },
    }),
  );
  if (event.processedAt) return;
  try {
    await dealWith(ctx, provider, event);
  } catch (error) {
    await noteFailure(provider, eventId, error);
    throw error;
  }
}
