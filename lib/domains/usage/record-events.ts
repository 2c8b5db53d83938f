import { LRUCache } from 'lru-cache';
import { requireSubscription } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { type GroupCommit, groupCommit } from '@/lib/infra/group-commit';
import { once } from '@/lib/infra/registry';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { type CheckedEvent, checkEvents, type Rejection } from './check-events';
import { readIngestState } from './ingest-state';
import type { RecordedBatch } from './schemas';
import { storeEvents } from './store-events';

type Committer = GroupCommit<CheckedEvent[], boolean[]>;

/** Events of one tenant stored in one transaction. Two full batches: the next is read and checked meanwhile. */
const MOST_TOGETHER = 2_000;

const committers = () =>
  once('usage.committers', () => new LRUCache<string, Committer>({ max: 2_000 }));

/** Events of one tenant that arrive together are stored in one transaction; tenants don't wait for each other. */
function committerOf(tenantId: string): Committer {
  const known = committers().get(tenantId);
  if (known) return known;
  const created = groupCommit<CheckedEvent[], boolean[]>({
    maxBatch: MOST_TOGETHER,
    weigh: (events) => events.length,
    maxInFlight: 2,
    // Without a flush id: identity of events makes a repeated flush harmless.
    apply: (_, batches) => storeEvents(tenantId, batches),
  });
  committers().set(tenantId, created);
  return created;
}

/**
 * Stores up to 1,000 events, each once for its (source, id), and counts the new ones in the same
 * transaction. Resolves when they are durable. Bad events are reported and the others kept.
 * Throws `forbidden`, and 402 when trial or subscription is over.
 */
export async function recordEvents(ctx: Ctx, events: unknown[]): Promise<RecordedBatch> {
  const { checked, rejected } = await check(ctx, events);
  const stored = checked.length === 0 ? [] : await committerOf(ctx.tenantId).submit(checked);
  const accepted = stored.filter(Boolean).length;
  return {
    accepted,
    duplicates: checked.length - accepted,
    // There is no path beside the message, so it says itself which field it means.
    rejected: rejected.map(({ index, path, code, message }) => ({
      index,
      code,
      message: path === '' ? message : `${path}: ${message}`,
    })),
  };
}

/** Stores one event. A fault is thrown as `invalid`, naming its field. */
export async function recordEvent(
  ctx: Ctx,
  event: unknown,
): Promise<{ status: 'accepted' | 'duplicate' }> {
  const { checked, rejected } = await check(ctx, [event]);
  const [fault] = rejected;
  if (fault) throw invalidField(fault.path, fault.code, fault.message);
  const [isNew] = await committerOf(ctx.tenantId).submit(checked);
  return { status: isNew ? 'accepted' : 'duplicate' };
}

async function check(
  ctx: Ctx,
  events: unknown[],
): Promise<{ checked: CheckedEvent[]; rejected: Rejection[] }> {
  authorise(ctx, 'usage:write');
  const state = await readIngestState(ctx.tenantId);
  const now = ctx.clock.now();
  if (!state.entitledUntil || state.entitledUntil <= now) {
    await withTenant(ctx, (tx) => requireSubscription(tx, ctx));
  }
  return checkEvents(events, state.meters, now);
}
