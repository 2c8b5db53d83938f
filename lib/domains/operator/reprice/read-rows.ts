import type { BillingCycle } from '@/lib/domains/entitlements';
import { Prisma, type Tx } from '@/lib/infra/db';
import { publicId } from '@/lib/kernel/ids';
import { type Page, toPage } from '@/lib/kernel/page';
import { repriceEdges, type RepriceReport, type RepriceRow } from './schemas';

type Row = {
  tenant_id: string;
  slug: string;
  name: string;
  billing_cycle: BillingCycle;
  was: bigint;
  would: bigint | null;
  overage_was: bigint;
  overage_would: bigint | null;
  rank: bigint;
};

/** Whom the draft has no price for comes last. */
const LAST = Prisma.sql`(-9223372036854775808)::bigint`;

const numberOrNull = (amount: bigint | null) => (amount === null ? null : Number(amount));

function toRow(row: Row): RepriceRow {
  const would = numberOrNull(row.would);
  const was = Number(row.was);
  return {
    tenant: { id: publicId('tenant', row.tenant_id), slug: row.slug, name: row.name },
    billing_cycle: row.billing_cycle,
    was,
    would,
    difference: would === null ? null : would - was,
    overage_was: Number(row.overage_was),
    overage_would: numberOrNull(row.overage_would),
  };
}

const cursorOf = ({ rank, tenant_id, billing_cycle }: Row) =>
  `${rank} ${tenant_id} ${billing_cycle}`;

/** The rows of a report after a cursor of the page before (null: from the first), who would pay most more first. */
export async function readRows(
  tx: Tx,
  reportId: string,
  { limit, cursor }: { limit: number; cursor: string | null },
): Promise<Page<RepriceRow>> {
  const [rank, tenant, cycle] = cursor?.split(' ') ?? [];
  const after = cursor
    ? Prisma.sql`WHERE (rank, tenant_id, billing_cycle) < (${rank}::bigint, ${tenant}::uuid, ${cycle})`
    : Prisma.empty;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT r.tenant_id, t.slug, t.name, r.billing_cycle, r.was_price + r.was_overage AS was,
        r.would_price + r.would_overage AS would, r.was_overage AS overage_was, r.would_overage AS overage_would,
        coalesce(r.would_price + r.would_overage - r.was_price - r.was_overage, ${LAST}) AS rank
      FROM repriced_tenant r JOIN tenant t ON t.id = r.tenant_id
      WHERE r.report_id = ${reportId}::uuid
    ) ranked ${after}
    ORDER BY rank DESC, tenant_id DESC, billing_cycle DESC LIMIT ${limit + 1}`;
  return toPage(rows, limit, toRow, cursorOf);
}

type Sum = {
  bucket: number | null;
  direction: number | null;
  tenants: number;
  rows: number;
  was: bigint;
  would: bigint | null;
};

/** Tenants over all their cycles, summed by how much in percent and in which direction they change. */
function readSums(tx: Tx, reportId: string): Promise<Sum[]> {
  return tx.$queryRaw<Sum[]>`
    SELECT direction, count(*)::int AS tenants, sum(rows)::int AS rows, sum(was)::bigint AS was, sum(would)::bigint AS would,
      width_bucket(
        CASE WHEN direction = 0 THEN 0 WHEN was = 0 THEN 'Infinity' ELSE (would - was)::float8 / was * 100 END,
        ${[...repriceEdges]}::float8[]) AS bucket
    FROM (
      SELECT was, would, rows, sign(would - was)::int AS direction FROM (
        SELECT count(*) AS rows, sum(was_price + was_overage) AS was,
          CASE WHEN bool_and(would_price IS NOT NULL) THEN sum(would_price + would_overage) END AS would
        FROM repriced_tenant WHERE report_id = ${reportId}::uuid GROUP BY tenant_id
      ) by_tenant
    ) changed GROUP BY bucket, direction`;
}

type Counted = 'winners' | 'losers' | 'unchanged' | 'unpriced' | 'row_count';
type Summary = Pick<RepriceReport, 'was' | 'would' | 'distribution' | Counted>;

/** What a report comes to; the sums leave out who has a cycle without a price. */
export async function summarise(tx: Tx, reportId: string): Promise<Summary> {
  const sums = await readSums(tx, reportId);
  const tenants = (keep: (sum: Sum) => boolean) =>
    sums.filter(keep).reduce((count, sum) => count + sum.tenants, 0);
  const priced = sums.filter(({ would }) => would !== null);
  const edges = [null, ...repriceEdges, null];
  return {
    was: priced.reduce((total, { was }) => total + Number(was), 0),
    would: priced.reduce((total, { would }) => total + Number(would), 0),
    winners: tenants(({ direction }) => direction === -1),
    losers: tenants(({ direction }) => direction === 1),
    unchanged: tenants(({ direction }) => direction === 0),
    unpriced: tenants(({ direction }) => direction === null),
    distribution: edges.slice(0, -1).map((above, place) => ({
      above,
      up_to: edges[place + 1] ?? null,
      tenants: tenants(({ bucket }) => bucket === place),
    })),
    row_count: sums.reduce((count, { rows }) => count + rows, 0),
  };
}
