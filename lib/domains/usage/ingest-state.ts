import { LRUCache } from 'lru-cache';
import { outsideSteps, withTenantSql } from '@/lib/infra/db';
import { once } from '@/lib/infra/registry';
import { type Aggregation, builtInMeters } from './meters';

/** What a tenant's events are checked against. */
export type IngestState = {
  meters: ReadonlyMap<string, { aggregation: Aggregation; readOnly: boolean }>;
  /** Until when writing is paid for or on trial; null: it isn't now. */
  entitledUntil: Date | null;
};

/** Answers are remembered for this long, in ms. */
const REMEMBER_MS = 1_000;
const FOREVER = new Date(8.64e15);

const cache = () =>
  once(
    'usage.ingest-state',
    () => new LRUCache<string, Promise<IngestState>>({ max: 2_000, ttl: REMEMBER_MS }),
  );

/** A tenant's meters and whether it may write, at most a second old. */
export function readIngestState(tenantId: string): Promise<IngestState> {
  const known = cache().get(tenantId);
  if (known) return known;
  const state = outsideSteps(() => load(tenantId));
  cache().set(tenantId, state);
  state.catch(() => cache().delete(tenantId));
  return state;
}

/** A meter just made is there at once in this process. */
export function forgetIngestState(tenantId: string): void {
  cache().delete(tenantId);
}

function load(tenantId: string): Promise<IngestState> {
  return withTenantSql({ tenantId }, async (client) => {
    const own = await client.query<{ key: string; aggregation: Aggregation }>(
      'SELECT key, aggregation FROM meter WHERE tenant_id = $1',
      [tenantId],
    );
    const entitlement = await client.query<{ source: string; valid_until: Date | null }>(
      'SELECT source, valid_until FROM entitlement WHERE tenant_id = $1',
      [tenantId],
    );
    const [row] = entitlement.rows;
    const entitled = row !== undefined && row.source !== 'none';
    const meters: IngestState['meters'] = new Map(
      [...own.rows.map((meter) => ({ ...meter, readOnly: false })), ...builtInMeters].map(
        (meter) => [meter.key, meter],
      ),
    );
    return {
      meters,
      entitledUntil: entitled ? (row.valid_until ?? FOREVER) : null,
    };
  });
}
