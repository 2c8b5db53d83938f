import type { Tx } from '@/lib/infra/db';
import type { Mention, MentionedIds } from '../provider-state';

/** So long after its latest event something is looked at again, settled or not: it may change once more. */
const FRESH_MS = 7 * 86_400_000;

type Of = { tenantId: string; gateway: string };

/** Keeps where to look because an event spoke of it; the same one however often. */
export async function keepMention(
  tx: Tx,
  of: Of,
  { kind, providerId }: Mention,
  mentionedAt: Date,
): Promise<void> {
  const id = { ...of, kind, providerId };
  await tx.providerMention.upsert({
    where: { tenantId_gateway_kind_providerId: id },
    create: { ...id, mentionedAt },
    update: { mentionedAt },
  });
}

/** What wasn't heard of lately and is over, or belongs to no invoice here: the daily comparison looks whether it does now. */
const atRest = (settled: ReadonlyMap<string, boolean>, id: string, mentionedAt: Date, now: Date) =>
  settled.get(id) !== false && mentionedAt.getTime() < now.getTime() - FRESH_MS;

/**
 * Ids there of refunds and disputes to be looked at: those that events spoke of and our own refunds. What is settled or unknown here
 * and wasn't heard of for a week is left alone, unless `all` is asked for.
 */
export async function mentionedIds(
  tx: Tx,
  { tenantId, gateway }: Of,
  { all, now }: { all: boolean; now: Date },
): Promise<MentionedIds> {
  const of = { tenantId, providerId: { not: null }, invoice: { gateway } };
  const refunds = await tx.refund.findMany({ where: of });
  const disputes = await tx.dispute.findMany({ where: { tenantId, invoice: { gateway } } });
  const mentions = await tx.providerMention.findMany({ where: { tenantId, gateway } });
  const settled = new Map(
    [...refunds, ...disputes].map((row) => [
      row.providerId ?? '',
      ('settledAt' in row ? row.settledAt : row.closedAt) !== null,
    ]),
  );
  const ids: Record<Mention['kind'], Set<string>> = { refund: new Set(), dispute: new Set() };
  for (const { providerId } of refunds) {
    if (providerId && (all || !settled.get(providerId))) ids.refund.add(providerId);
  }
  for (const { providerId } of disputes) {
    if (all || !settled.get(providerId)) ids.dispute.add(providerId);
  }
  for (const { kind, providerId, mentionedAt } of mentions) {
    if (!all && atRest(settled, providerId, mentionedAt, now)) continue;
    ids[kind === 'dispute' ? 'dispute' : 'refund'].add(providerId);
  }
  return { refunds: [...ids.refund].sort(), disputes: [...ids.dispute].sort(), all };
}
