import type { Tx } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import type { Page } from '@/lib/kernel/page';
import { type PlatformAuditEntry, withOperator, withOperatorAgain } from './platform-audit';

/** Rows of a list that are read and held at once, when all of it is taken away. */
export const AT_ONCE = 1_000;

/**
 * A list from its first page to its last. The first is read at once, with the act written down, so that what can be
 * refused is refused before anything is sent; each of the others when it is wanted, so that a slow reader holds neither
 * rows nor a connection.
 */
export async function wholeList<P extends Page<unknown>>(
  ctx: OperatorCtx,
  entry: PlatformAuditEntry,
  read: (tx: Tx, at: { limit: number; after: P | null }) => Promise<P>,
): Promise<AsyncIterable<P['data']>> {
  const first = await withOperator(ctx, async (tx) => ({
    result: await read(tx, { limit: AT_ONCE, after: null }),
    entry,
  }));
  async function* pages() {
    for (let page = first; ; ) {
      yield page.data;
      if (page.next_cursor === null) return;
      const after = page;
      page = await withOperatorAgain(ctx, (tx) => read(tx, { limit: AT_ONCE, after }));
    }
  }
  return pages();
}
