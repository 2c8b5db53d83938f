import { type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';

/** An attempt that wasn't heard of for so long counts as dead, in ms. */
const LEASE_MS = 30_000;
/** How often a living one says so, in ms. */
const RENEW_MS = 5_000;

/** An attempt at a run. Whoever begins a run takes its lease; the attempt before may write no more. */
export type Lease = { backtestId: string; id: string };

export class LeaseLost extends Error {
  constructor() {
    super('Another attempt has taken the run over.');
  }
}

/**
 * Lets the attempt count as living for a while. Time is the database's, because workers' clocks differ.
 * False when the run is over or has another attempt.
 */
export async function renewLease(tx: Tx, ctx: Ctx, lease: Lease): Promise<boolean> {
  const renewed = await tx.$executeRaw`
    UPDATE backtest SET lease_until = clock_timestamp() + ${LEASE_MS}::int * interval '1 millisecond'
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${lease.backtestId}::uuid
      AND status = 'running' AND lease = ${lease.id}::uuid`;
  return renewed === 1;
}

/**
 * Renews the lease until `release`. `lost` fires when another attempt took over, or when the database
 * couldn't be told for as long as a lease lasts.
 */
export function holdLease(ctx: Ctx, lease: Lease): { lost: AbortSignal; release(): void } {
  const losing = new AbortController();
  let heldAt = performance.now();
  let busy = false;
  const renew = async () => {
    const began = performance.now();
    if (await withTenant(ctx, (tx) => renewLease(tx, ctx, lease))) heldAt = began;
    else losing.abort(new LeaseLost());
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    renew()
      .catch((error: unknown) => {
        log().warn({ err: error, ...lease }, 'a back-test could not say that it lives');
        if (performance.now() - heldAt > LEASE_MS) losing.abort(new LeaseLost());
      })
      .finally(() => {
        busy = false;
      });
  }, RENEW_MS);
  return { lost: losing.signal, release: () => clearInterval(timer) };
}
