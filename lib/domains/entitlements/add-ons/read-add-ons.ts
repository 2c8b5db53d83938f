import type { Tx } from '@/lib/infra/db';
import { notFound } from '@/lib/kernel/errors';
import { type AddOnVersion, addOnVersionSchema } from './schemas';

type Row = NonNullable<Awaited<ReturnType<Tx['addOnVersion']['findFirst']>>>;

function toAddOnVersion({ id: _, publishedAt: _p, retiredAt: _r, ...row }: Row): AddOnVersion {
  return addOnVersionSchema.parse(row);
}

/** The newest version on sale of each add-on at `now`, in the order in which they are offered. */
export async function listAddOnVersions(tx: Tx, now: Date): Promise<AddOnVersion[]> {
  const rows = await tx.addOnVersion.findMany({
    where: { publishedAt: { lte: now }, OR: [{ retiredAt: null }, { retiredAt: { gt: now } }] },
    orderBy: [{ version: 'desc' }],
    distinct: ['key'],
  });
  return rows.map(toAddOnVersion).sort((a, b) => a.rank - b.rank);
}

/** A version once sold, on sale or not. Throws not_found. */
export async function getAddOnVersion(tx: Tx, key: string, version: number): Promise<AddOnVersion> {
  const row = await tx.addOnVersion.findUnique({ where: { key_version: { key, version } } });
  if (!row) throw notFound('add_on');
  return toAddOnVersion(row);
}
