import { type Admission, admitAnonymous, admitCall } from '@/lib/domains/gateway';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';

/** Calls of one address without a credential: 20 a second, bursts of 100. */
const ADDRESS = { bucket: 'address', capacity: 100, perSecond: 20 };

export type Credential = { kind: 'apiKey' | 'token' | 'cookie' | 'setup'; id: string };

export function credentialOf(ctx: Ctx): Credential {
  const { actor } = ctx;
  if (actor.kind === 'apiKey') return { kind: 'apiKey', id: actor.keyId };
  if (actor.kind === 'setup') return { kind: 'setup', id: actor.codeId };
  if (actor.kind === 'member') return { kind: actor.via, id: actor.sessionId };
  throw new TypeError(`a ${actor.kind} makes no calls`);
}

/** Lets a call of a known tenant in: rates (a key's own too), quota and count in one durable step. */
export async function admitTenant(
  ctx: Ctx,
  endpoint: string,
  quotaExempt: boolean,
  requestsPerSecond: number | null = null,
): Promise<Admission> {
  return admitCall({
    tenantId: ctx.tenantId,
    credential: credentialOf(ctx),
    endpoint,
    quotaExempt,
    requestsPerSecond,
    at: ctx.clock.now(),
  });
}

/** Lets a call without a credential in, by its address. */
export async function admitAddress(info: RequestInfo): Promise<Admission> {
  const ip = info.ip ?? 'unknown';
  const at = info.clock.now();
  return admitAnonymous({ ip, at, ...ADDRESS });
}

/** The limits as the IETF draft writes them. */
export function rateHeaders({ rate }: Admission): Record<string, string> {
  if (rate.limit === null) return {};
  const { resetSeconds } = rate;
  // Without refill there is no time to tell.
  const time = resetSeconds === null ? '' : `;t=${Math.max(1, Math.ceil(resetSeconds))}`;
  return {
    RateLimit: `"default";r=${Math.max(0, Math.floor(rate.remaining))}${time}`,
    'RateLimit-Policy': `"default";q=${rate.limit};w=1`,
  };
}

/** Throws what a refused call is told. */
export function requireAdmission(admission: Admission): void {
  if (admission.outcome === 'admitted') return;
  if (admission.outcome === 'rate_limited') {
    const { resetSeconds } = admission.rate;
    if (resetSeconds === null) throw noCalls();
    const seconds = Math.max(1, Math.ceil(resetSeconds));
    throw new DomainError(
      'rate_limited',
      'rate_limited',
      `Too many requests. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'} and try again.`,
      { extra: { retry_after: seconds } },
    );
  }
  const { quota } = admission;
  throw new DomainError(
    'payment_required',
    'quota_exceeded',
    `This month's ${quota?.limit?.toLocaleString('en')} API calls are used. They start anew on ${quota?.resetsAt.toISOString().slice(0, 10)}${quota?.upgradeTo ? `, or at once on the ${quota.upgradeTo} plan` : ''}.`,
    {
      extra: {
        limit: quota?.limit,
        used: quota?.used,
        resets_at: quota?.resetsAt.toISOString(),
        upgrade_to: quota?.upgradeTo ?? null,
      },
    },
  );
}

const noCalls = () =>
  new DomainError(
    'rate_limited',
    'rate_limited',
    'The limits of this organisation allow no API calls, however long you wait. Its owners can change the plan.',
  );
