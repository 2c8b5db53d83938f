import { findCurrentPlan, TRIAL_PLAN } from '@/lib/domains/entitlements';
import { type Tx, withNobody } from '@/lib/infra/db';
import { isLiveMode } from '@/lib/infra/stripe';
import { type Clock, standingClock } from '@/lib/kernel/clock';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import { DEFAULT_GATEWAY, findGateway } from '../gateways/find-gateway';
import type { SandboxInput } from './schemas';
import { addYears, YEARS } from './tenant-clock';

/** A time of its own that a new tenant is to live in. */
export type SandboxTime = { clock: Clock; keep: (tx: Tx, ctx: Ctx) => Promise<void> };

/**
 * Opens the test clock of a tenant that is about to be set up; `keep` ties the two together in the transaction of the
 * sign-up. Throws 409 `sandbox_unavailable` where money is moved in earnest, 422 `starts_at`.
 */
export async function openSandbox(
  info: RequestInfo,
  { starts_at }: SandboxInput,
): Promise<SandboxTime> {
  const clocks = findGateway(DEFAULT_GATEWAY)?.clocks;
  if (isLiveMode() || !clocks) {
    throw conflict(
      'sandbox_unavailable',
      'Payments are made in earnest here, so no sandbox can be set up. Use an installation with a test key.',
    );
  }
  const now = info.clock.now();
  // Providers count in whole seconds.
  const at = dateOf(secondsOf(starts_at ? new Date(starts_at) : now));
  if (at > now || addYears(at, YEARS) < now) {
    throw invalidField(
      'sandbox.starts_at',
      'out_of_range',
      `A sandbox begins between ${YEARS} years ago and now.`,
    );
  }
  if (!(await withNobody((tx) => findCurrentPlan(tx, TRIAL_PLAN, at)))) {
    throw invalidField(
      'sandbox.starts_at',
      'nothing_on_sale',
      'No plan was on sale then. Begin later.',
    );
  }
  const clockId = await clocks.open(at, 'NeoZork sandbox');
  return {
    clock: standingClock(at),
    keep: async (tx, { tenantId }) => {
      const times = { at, createdAt: now, movedAt: now };
      await tx.tenantClock.create({
        data: { tenantId, gateway: DEFAULT_GATEWAY, clockId, ...times },
      });
    },
  };
}
