import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { closeMonthsContract } from '../job-contracts';

/** A subscription has ended: what was used of its month is charged by what it had then (rule 13). */
export async function queueClose(tx: Tx, { tenantId }: Ctx): Promise<void> {
  await enqueue(tx, closeMonthsContract, { tenantId }, { key: `close:${tenantId}` });
}
