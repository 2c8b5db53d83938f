import { LRUCache } from 'lru-cache';
import { getEntitlements } from '@/lib/domains/entitlements';
import { type Tx, withSystem } from '@/lib/infra/db';
import { announce, takeNumbers } from '@/lib/infra/realtime';
import { once } from '@/lib/infra/registry';
import { systemClock } from '@/lib/kernel/clock';
import { limitOfMeter } from './get-current-usage';
import { monthOf } from './periods';

/** Most counters in one turn. */
const TURN = 500;
/** How long a tenant's limits are remembered between turns, in ms. */
const REMEMBER_MS = 2_000;

type Counter = { tenant_id: string; meter: string; period_start: Date; used: number };
type Limits = Awaited<ReturnType<typeof getEntitlements>>['limits'];

const limits = () =>
  once('usage.limits', () => new LRUCache<string, Limits>({ max: 5_000, ttl: REMEMBER_MS }));

/** After a tenant's rights changed. */
export function forgetLimits(tenantId: string): void {
  limits().delete(tenantId);
}

async function limitsOf(tx: Tx, tenantId: string): Promise<Limits> {
  const known = limits().get(tenantId);
  if (known) return known;
  const actor = { kind: 'job', name: 'relay usage' } as const;
  const info = { requestId: 'relay', clock: systemClock, ip: null, userAgent: null };
  const found = (await getEntitlements(tx, { ...info, tenantId, actor })).limits;
  limits().set(tenantId, found);
  return found;
}

/**
 * Tells the streams of counters that changed since the last turn; many changes in between are one
 * message. Counters that are being written just now are left for the next turn, so that no call
 * waits for the relay. Run by one process at a time. Answers how many.
 */
export function relayUsageTurn(now: Date): Promise<number> {
  return withSystem('relay usage to the streams', async (tx) => {
    const changed = await tx.$queryRaw<Counter[]>`
      WITH changed AS (
        SELECT tenant_id, meter, period_start FROM usage_period
        WHERE dirty ORDER BY tenant_id, meter, period_start LIMIT ${TURN} FOR UPDATE SKIP LOCKED)
      UPDATE usage_period p SET dirty = false FROM changed c
      WHERE p.tenant_id = c.tenant_id AND p.meter = c.meter AND p.period_start = c.period_start
      RETURNING p.tenant_id, p.meter, p.period_start, p.used`;
    const month = monthOf(now).getTime();
    // A late event for a month gone by changes no counter that anybody watches.
    const current = changed.filter(({ period_start }) => period_start.getTime() === month);
    if (current.length > 0) await publish(tx, current, now);
    return changed.length;
  });
}

async function publish(tx: Tx, counters: Counter[], now: Date): Promise<void> {
  const counts = new Map<string, number>();
  for (const { tenant_id } of counters) counts.set(tenant_id, (counts.get(tenant_id) ?? 0) + 1);
  const next = await takeNumbers(tx, 'usage', counts);
  const messages = [];
  for (const { tenant_id: tenantId, meter, used } of counters) {
    const seq = (next.get(tenantId) ?? 0) + 1;
    next.set(tenantId, seq);
    const name = limitOfMeter[meter];
    const limit = name ? (await limitsOf(tx, tenantId))[name] : null;
    const data = { type: 'usage', meter, used, limit, at: now.toISOString(), seq };
    messages.push({ tenantId, seq, data });
  }
  await tx.usageStream.createMany({
    data: messages.map(({ tenantId, seq, data: { meter, used, limit } }) => ({
      tenantId,
      seq,
      meter,
      used,
      limit,
      at: now,
    })),
  });
  await announce(tx, 'usage', messages);
}
