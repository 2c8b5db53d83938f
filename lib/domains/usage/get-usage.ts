import { Prisma, type Tx, withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { invalidField, notFound } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import type { Series, SeriesPart } from '@/lib/kernel/series';
import { type Aggregation, findBuiltInMeter } from './meters';
import { monthOf } from './periods';
import { type Granularity, MOST_POINTS, type UsagePoint, type UsageQuery } from './schemas';

/** Groups shown at most: the largest ones. */
const MOST_GROUPS = 50;

type Row = { start: Date; grp: string | null; value: number };
type Range = { from: Date; to: Date; granularity: Granularity };

/**
 * A meter's values over time, oldest first and without gaps. A span without events is 0 for meters
 * that add up, null for `max` and `last`. `from` is moved to the start of its span; spans are UTC.
 */
export async function getUsage(ctx: Ctx, query: UsageQuery): Promise<UsagePoint[]> {
  authorise(ctx, 'usage:read');
  const range = rangeOf(query, ctx.clock.now());
  const starts = startsOf(range);
  return withTenant(ctx, async (tx) => {
    const aggregation = await aggregationOf(tx, ctx, query.meter);
    const rows = await readRows(tx, ctx, query, range, aggregation);
    const groups = groupsOf(rows, query);
    if (starts.length * groups.length > MOST_POINTS) {
      throw invalidField('granularity', 'too_many_points', 'Choose a coarser granularity.');
    }
    const empty = aggregation === 'max' || aggregation === 'last' ? null : 0;
    const points = fillGaps(rows, groups, starts, empty);
    return points.slice(0, query.limit ?? MOST_POINTS);
  });
}

/** The same as a series for downloads. @throws like `getUsage` */
export async function exportUsage(ctx: Ctx, query: UsageQuery): Promise<Series> {
  const points = await getUsage(ctx, query);
  const starts = points.map(({ start }) => Date.parse(start));
  const values = points.map(({ value }) => value);
  const start = { name: 'start', kind: 'time' } as const;
  const value = { name: 'value', kind: 'number' } as const;
  if (!query.group_by) return { columns: [start, value], parts: once([starts, values]) };
  const groups = points.map(({ group }) => group ?? null);
  const columns = [start, { name: 'group', kind: 'text' } as const, value];
  return { columns, parts: once([starts, groups, values]) };
}

async function* once(part: SeriesPart): AsyncGenerator<SeriesPart> {
  yield part;
}

async function aggregationOf(tx: Tx, ctx: Ctx, key: string): Promise<Aggregation> {
  const builtIn = findBuiltInMeter(key);
  if (builtIn) return builtIn.aggregation;
  const own = await tx.meter.findUnique({
    where: { tenantId_key: { tenantId: ctx.tenantId, key } },
  });
  if (!own) throw notFound('meter');
  return own.aggregation as Aggregation;
}

function rangeOf(query: UsageQuery, now: Date): Range {
  const { granularity } = query;
  const from = startOf(query.from ? new Date(query.from) : monthOf(now), granularity);
  // The end is outside the range, and what happened just now belongs into it.
  const to = query.to ? new Date(query.to) : new Date(now.getTime() + 1);
  if (to <= from) throw invalidField('to', 'range_upside_down', '`to` must be later than `from`.');
  const span = { hour: 3_600_000, day: 86_400_000, month: 28 * 86_400_000 }[granularity];
  if ((to.getTime() - from.getTime()) / span > MOST_POINTS) {
    const message = `At most ${MOST_POINTS.toLocaleString('en')} points at once: choose a shorter range or a coarser granularity.`;
    throw invalidField('from', 'range_too_long', message);
  }
  return { from, to, granularity };
}

function startOf(at: Date, granularity: Granularity): Date {
  if (granularity === 'month') return monthOf(at);
  const span = granularity === 'day' ? 86_400_000 : 3_600_000;
  return new Date(Math.floor(at.getTime() / span) * span);
}

function startsOf({ from, to, granularity }: Range): Date[] {
  const starts: Date[] = [];
  let at = from;
  while (at < to) {
    starts.push(at);
    at =
      granularity === 'month'
        ? new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))
        : new Date(at.getTime() + (granularity === 'day' ? 86_400_000 : 3_600_000));
  }
  return starts;
}

const VALUE: Record<Aggregation, Prisma.Sql> = {
  count: Prisma.sql`sum(count)::float8`,
  sum: Prisma.sql`sum(sum)`,
  max: Prisma.sql`max(max)`,
  last: Prisma.sql`(array_agg(last ORDER BY last_at DESC))[1]`,
  unique: Prisma.sql`count(DISTINCT subject)::float8`,
};

const EVENT_VALUE: Record<Aggregation, Prisma.Sql> = {
  count: Prisma.sql`count(*)::float8`,
  sum: Prisma.sql`sum(value)`,
  max: Prisma.sql`max(value)`,
  last: Prisma.sql`(array_agg(value ORDER BY at DESC, received_at DESC))[1]`,
  unique: Prisma.sql`count(DISTINCT subject)::float8`,
};

/** From the hours' sums where they are enough; from the events where a dimension or distinctness is asked for. */
function readRows(
  tx: Tx,
  ctx: Ctx,
  { meter, group_by }: UsageQuery,
  { from, to, granularity }: Range,
  aggregation: Aggregation,
): Promise<Row[]> {
  const builtIn = findBuiltInMeter(meter)?.readOnly ?? false;
  if (!builtIn && (group_by || aggregation === 'unique')) {
    const group = group_by ? Prisma.sql`coalesce(dimensions->>${group_by}, '')` : Prisma.sql`NULL`;
    return tx.$queryRaw<Row[]>`
      SELECT date_trunc(${granularity}, at, 'UTC') AS start, ${group} AS grp, ${EVENT_VALUE[aggregation]} AS value
      FROM usage_event
      WHERE tenant_id = ${ctx.tenantId}::uuid AND meter = ${meter} AND at >= ${from} AND at < ${to}
      GROUP BY 1, 2`;
  }
  const group = group_by ? platformGroup(meter, group_by) : Prisma.sql`NULL`;
  return tx.$queryRaw<Row[]>`
    SELECT date_trunc(${granularity}, hour, 'UTC') AS start, ${group} AS grp, ${VALUE[aggregation]} AS value
    FROM usage_rollup
    WHERE tenant_id = ${ctx.tenantId}::uuid AND meter = ${meter} AND hour >= ${from} AND hour < ${to}
    GROUP BY 1, 2`;
}

/** API calls are kept under `<kind>:<id> <endpoint>`. */
function platformGroup(meter: string, groupBy: string): Prisma.Sql {
  if (meter === 'api_calls' && groupBy === 'endpoint') {
    return Prisma.sql`substr(dimension, strpos(dimension, ' ') + 1)`;
  }
  if (meter === 'api_calls' && groupBy === 'key') {
    return Prisma.sql`CASE WHEN dimension LIKE 'apiKey:%' THEN split_part(split_part(dimension, ' ', 1), ':', 2)
                           ELSE 'access token' END`;
  }
  const known = meter === 'api_calls' ? 'Group API calls by `endpoint` or `key`.' : '';
  throw invalidField('group_by', 'unknown_group', known || `${meter} can't be grouped.`);
}

function groupsOf(rows: Row[], query: UsageQuery): (string | null)[] {
  if (!query.group_by) return [null];
  const totals = new Map<string, number>();
  for (const { grp, value } of rows) totals.set(grp ?? '', (totals.get(grp ?? '') ?? 0) + value);
  const ranked = [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return ranked.slice(0, MOST_GROUPS).map(([group]) => group);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const shownGroup = (group: string) => (UUID.test(group) ? publicId('apiKey', group) : group);

function fillGaps(
  rows: Row[],
  groups: (string | null)[],
  starts: Date[],
  empty: number | null,
): UsagePoint[] {
  const found = new Map(rows.map((row) => [`${row.start.getTime()} ${row.grp ?? ''}`, row.value]));
  return starts.flatMap((start) =>
    groups.map((group) => ({
      start: start.toISOString(),
      value: found.get(`${start.getTime()} ${group ?? ''}`) ?? empty,
      ...(group === null ? {} : { group: shownGroup(group) }),
    })),
  );
}
