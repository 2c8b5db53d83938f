import { withNobody, withSystem } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { enqueue } from '@/lib/infra/queue';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { isUuid, parsePublicId } from '@/lib/kernel/ids';
import { findGateway } from './gateways/find-gateway';
import type { EventOwner } from './gateways/port';
import { convergeContract, receiveContract } from './job-contracts';
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

/**
 * Deals with a stored event: it only says where to look. What it claims is not used; the tenant's billing is
 * queued to be read, once for all events of a burst.
 */
export async function processWebhook(
  ctx: PublicCtx,
  provider: GatewayName,
  eventId: string,
): Promise<void> {
  const where = { provider_eventId: { provider, eventId } };
  const event = await withSystem('billing.receive', (tx) =>
    tx.webhookInbox.update({ where, data: { attempts: { increment: 1 } } }),
  );
  const gateway = findGateway(provider);
  if (event.processedAt || !gateway) return;
  const tenantId = await tenantOf(provider, await gateway.whoseEvent(event.body));
  const outcome = tenantId ? 'queued' : 'ignored';
  await withSystem('billing.receive', async (tx) => {
    if (tenantId) {
      await enqueue(
        tx,
        convergeContract,
        { tenantId, toldBy: provider },
        { key: `converge:${tenantId}` },
      );
    }
    await tx.webhookInbox.update({
      where,
      data: { processedAt: ctx.clock.now(), outcome, lastError: null },
    });
  });
  log().debug({ eventId, type: event.type, outcome }, 'webhook processed');
}
