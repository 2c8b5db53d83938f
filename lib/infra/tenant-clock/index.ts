import { type Clock, standingClock, systemClock } from '@/lib/kernel/clock';
import { idTime } from '@/lib/kernel/ids';
import { appSql, outsideSteps } from '../db';
import { once } from '../registry';
import { isLiveMode } from '../stripe';

/** How long what is known of sandboxes is kept, in ms. */
const KNOWN_FOR_MS = 1_000;
/** A tenant is there within this time from the making of its id, in ms, or never. */
const BIRTH_MS = 30_000;

type Known = { readAt: number; tenants: Promise<ReadonlySet<string>> };

const cache = () => once('sandbox-tenants', (): { known: Known | null } => ({ known: null }));

async function readSandboxes(): Promise<ReadonlySet<string>> {
  const { rows } = await appSql<{ tenant_id: string }>(
    'tenant_clock.sandboxes',
    'SELECT tenant_id FROM door.sandbox_tenants()',
    [],
  );
  return new Set(rows.map((row) => row.tenant_id));
}

/**
 * The few sandboxes, read together and kept for a second, so that the calls of other tenants don't pay for them. Of a tenant that
 * may have been set up since they were read, they are read anew: it is born as a sandbox or never becomes one.
 */
function sandboxesFor(tenantId: string): Promise<ReadonlySet<string>> {
  const kept = cache();
  const now = Date.now();
  const settled = kept.known && kept.known.readAt > idTime(tenantId) + BIRTH_MS;
  if (kept.known && settled && now - kept.known.readAt <= KNOWN_FOR_MS) return kept.known.tenants;
  const known = { readAt: now, tenants: outsideSteps(readSandboxes) };
  kept.known = known;
  known.tenants.catch(() => {
    if (kept.known === known) kept.known = null;
  });
  return known.tenants;
}

/**
 * The clock of a tenant: its own, read in this moment, where it is a sandbox, else the system's. With a key that moves real
 * money there are no sandboxes. Not to be asked within a transaction.
 */
export async function clockOf(tenantId: string): Promise<Clock> {
  if (isLiveMode() || !(await sandboxesFor(tenantId)).has(tenantId)) return systemClock;
  const { rows } = await appSql<{ at: Date | null }>(
    'tenant_clock.time',
    'SELECT door.time_in_tenant($1) AS at',
    [tenantId],
  );
  const at = rows[0]?.at;
  return at ? standingClock(at) : systemClock;
}
