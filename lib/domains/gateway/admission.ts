import { groupCommit } from '@/lib/infra/group-commit';
import { log } from '@/lib/infra/log';
import { isDomainError } from '@/lib/kernel/errors';
import { once } from '@/lib/infra/registry';
import {
  type Admission,
  applyCalls,
  applyRefunds,
  type Call,
  type Decided,
  type Refund,
} from './call-flush';
import { planThatLiftsCalls } from './plan-that-lifts-calls';

type Credential = { kind: 'apiKey' | 'token' | 'cookie' | 'setup'; id: string };

type CallOf = { tenantId: string; credential: Credential; endpoint: string; at: Date };

/** Pages of the product's own: not metered, with a limit for each session. */
const COOKIE = { capacity: 200, perSecond: 50 };
const SETUP = { capacity: 20, perSecond: 2 };
/** How long a refund waits for a database that is away, in ms. */
const REFUND_WITHIN_MS = 600_000;
/** A key's last use is written at most this often, in ms. */
const LAST_USE_EVERY_MS = 30_000;

const HOUR_MS = 3_600_000;

const refunds = () =>
  once('gateway.refunds', () =>
    groupCommit<Refund, void>({ maxBatch: 500, maxInFlight: 1, apply: applyRefunds }),
  );

const gate = () =>
  once('gateway.calls', () =>
    groupCommit<Call, Decided>({
      maxBatch: 1_000,
      maxInFlight: 2,
      apply: applyCalls,
      // Their callers were told "unavailable", and what ends in 5xx isn't counted.
      onLate: (calls, results) => {
        for (const [i, call] of calls.entries()) if (results[i]?.counted) refund(call);
      },
    }),
  );

const pending = () => once('gateway.pending-refunds', () => new Set<Promise<void>>());

/** Takes a count back as soon as the database lets it; nobody waits for that. */
function refund(call: { tenantId: string | null; hour: string; dimension: string }): void {
  const { tenantId, hour, dimension } = call;
  if (tenantId === null) return;
  const done = untilRefunded({ tenantId, hour, dimension }).finally(() => pending().delete(done));
  pending().add(done);
}

async function untilRefunded(item: Refund): Promise<void> {
  const end = Date.now() + REFUND_WITHIN_MS;
  for (;;) {
    try {
      return await refunds().submit(item);
    } catch (error) {
      const away = isDomainError(error) && error.kind === 'unavailable';
      if (!away || Date.now() >= end) {
        log().error({ err: error, ...item }, 'a failed call stays counted');
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

/**
 * Lets a call of a known tenant in or refuses it: token bucket (and its key's own, at
 * `requestsPerSecond`), month's quota and count in one
 * durable transaction, shared with the calls that arrive at the same time. Throws `unavailable`
 * while the database is away.
 */
export async function admitCall(
  call: CallOf & { quotaExempt: boolean; requestsPerSecond?: number | null },
): Promise<Admission> {
  const { kind, id } = call.credential;
  const metered = kind === 'apiKey' || kind === 'token';
  const { admission } = await gate().submit({
    tenantId: call.tenantId,
    bucket: metered ? `tenant ${call.tenantId}` : `${kind} ${id}`,
    own: kind === 'cookie' ? COOKIE : kind === 'setup' ? SETUP : null,
    metered,
    exempt: call.quotaExempt,
    hour: hourOf(call.at),
    dimension: dimensionOf(call),
    ofKey: call.requestsPerSecond
      ? { bucket: `key ${id}`, perSecond: call.requestsPerSecond }
      : null,
    usedKey: kind === 'apiKey' ? noteUse(id, call.at) : null,
  });
  if (admission.quota)
    admission.quota.upgradeTo = await planThatLiftsCalls(admission.quota.used, call.at);
  return admission;
}

/** Limits calls without a credential by address; `perSecond` tokens a second, `capacity` at most. */
export async function admitAnonymous(call: {
  ip: string;
  bucket: string;
  capacity: number;
  perSecond: number;
  at: Date;
}): Promise<Admission> {
  const { admission } = await gate().submit({
    tenantId: null,
    bucket: `address ${call.bucket} ${call.ip}`,
    own: { capacity: call.capacity, perSecond: call.perSecond },
    metered: false,
    exempt: true,
    hour: hourOf(call.at),
    dimension: '',
    ofKey: null,
    usedKey: null,
  });
  return admission;
}

/**
 * Takes the count of an admitted call back, because it ended in a fault of ours. Its token is not
 * given back. Resolves at once: the count goes down when the database is there.
 */
export async function refundCall(call: CallOf): Promise<void> {
  const { kind } = call.credential;
  if (kind !== 'apiKey' && kind !== 'token') return;
  const { tenantId } = call;
  refund({ tenantId, hour: hourOf(call.at), dimension: dimensionOf(call) });
}

/** Waits until every call under way is decided, before a process ends. */
export async function drainAdmissions(): Promise<void> {
  await gate().drain();
  await Promise.all(pending());
  log().debug('metering drained');
}

/** What a call is counted under: the credential, a space, the endpoint (which has spaces of its own). */
function dimensionOf({ credential, endpoint }: CallOf): string {
  return `${credential.kind}:${credential.id} ${endpoint.slice(0, 200)}`;
}

let lastHour = { start: 0, iso: '' };

/** The UTC hour of `at`, as text; nearly every call is in the same one as the call before. */
function hourOf(at: Date): string {
  const start = at.getTime() - (at.getTime() % HOUR_MS);
  if (start !== lastHour.start) lastHour = { start, iso: new Date(start).toISOString() };
  return lastHour.iso;
}

const noted = () => once('gateway.last-use', () => new Map<string, number>());

/** The key, when its last use hasn't been written for a while. */
function noteUse(keyId: string, at: Date): string | null {
  const last = noted().get(keyId);
  if (last !== undefined && at.getTime() - last < LAST_USE_EVERY_MS) return null;
  if (noted().size > 50_000) noted().clear();
  noted().set(keyId, at.getTime());
  return keyId;
}
