import type { RequestInfo } from '@/lib/kernel/ctx';
import type { Prisma, Tx } from '../db';

/**
 * Tells the rest of the product of a change, in the change's own transaction. The relay gives the
 * message its place in the tenant's sequence and passes it on to streams and listeners.
 */
export async function emit(
  tx: Tx,
  ctx: RequestInfo & { tenantId: string | null },
  topic: string,
  payload: Prisma.InputJsonObject,
): Promise<void> {
  await tx.$executeRaw`INSERT INTO outbox (tenant_id, topic, payload, request_id, created_at)
    VALUES (${ctx.tenantId}::uuid, ${topic}, ${JSON.stringify(payload)}::jsonb, ${ctx.requestId}, ${ctx.clock.now()})`;
}
