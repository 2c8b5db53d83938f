import type { OutboxListener } from '@/lib/infra/realtime';
import { limitOfMeter } from './get-current-usage';
import { monthOf } from './periods';
import { forgetLimits } from './relay-usage';

/**
 * When a tenant's rights change, its counters are told anew with the present limits, although they
 * counted nothing: to who reads the stream now, and as what a new reader starts from.
 */
export const relayLimits: OutboxListener = {
  topic: 'entitlements.changed',
  async hear(tx, messages) {
    const tenants = [...new Set(messages.map(({ tenantId }) => tenantId))];
    for (const tenantId of tenants) forgetLimits(tenantId);
    const months = messages.map(({ at }) => monthOf(at));
    const meters = Object.keys(limitOfMeter);
    // Locked in the order in which counters are written, so that neither waits for the other in a circle.
    await tx.$executeRaw`
      WITH theirs AS (
        SELECT tenant_id, meter, period_start FROM usage_period
        WHERE tenant_id = ANY(${tenants}::uuid[]) AND meter = ANY(${meters})
          AND period_start = ANY(${months}::timestamptz[])
        ORDER BY tenant_id, meter, period_start FOR UPDATE)
      UPDATE usage_period p SET dirty = true FROM theirs t
      WHERE p.tenant_id = t.tenant_id AND p.meter = t.meter AND p.period_start = t.period_start`;
  },
};
