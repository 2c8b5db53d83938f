import { forgetApiKeys } from '@/lib/domains/gateway';
import { forgetAccess } from '@/lib/domains/identity';
import { type AccessChange, hub } from '@/lib/infra/realtime';
import { once } from '@/lib/infra/registry';
import { actingUserId, type Ctx } from '@/lib/kernel/ctx';

type Watcher = { ctx: Ctx; tell: () => void };

/**
 * Hears, once a process, of rights that were taken or changed anywhere. First what is remembered is
 * forgotten, then those who watch are told, so that they find out anew.
 */
const watchers = () =>
  once('transport.access', () => {
    const all = new Set<Watcher>();
    hub().onAccess((change) => {
      forgetAccess(change);
      // A session's end says nothing of keys.
      if (!change || change.tenant) forgetApiKeys(change?.tenant ?? null);
      for (const { ctx, tell } of all) if (concerns(change, ctx)) tell();
    });
    return all;
  });

function concerns(change: AccessChange | null, ctx: Ctx): boolean {
  if (!change) return true;
  const { tenant, person, key } = change;
  if (tenant !== null && tenant !== ctx.tenantId) return false;
  if (person !== null && person !== actingUserId(ctx)) return false;
  return key === null || (ctx.actor.kind === 'apiKey' && ctx.actor.keyId === key);
}

/** Called when a process begins to serve: from here on a revocation is heeded at once. */
export function heedAccessChanges(): void {
  watchers();
}

/** Calls `tell` whenever the rights of `ctx`'s actor may have changed, until the answer is called. */
export function watchAccess(ctx: Ctx, tell: () => void): () => void {
  const watcher = { ctx, tell };
  watchers().add(watcher);
  return () => void watchers().delete(watcher);
}
