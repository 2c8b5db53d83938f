import type pg from 'pg';
import { withTenantSql } from '@/lib/infra/db';
import type { CheckedEvent } from './check-events';
import { hourOf, monthOf } from './periods';

type Sums = { count: number; sum: number; max: number; last: number; lastAt: Date };
type HourSums = Sums & { meter: string; hour: Date };

const INSERT = `
  INSERT INTO usage_event (tenant_id, source, event_id, meter, value, subject, dimensions, at, received_at)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::jsonb[],
                           $8::timestamptz[], $9::timestamptz[])
  ON CONFLICT (tenant_id, source, event_id) DO NOTHING
  RETURNING source, event_id`;

const identity = (source: string, id: string) => `${source}\n${id}`;

/**
 * Stores batches of one tenant's events in one transaction with all they count towards. Answers,
 * batch by batch and event by event, whether it was new. Locks in a fixed order (events by identity,
 * months, hours), so that writers on other instances wait for each other but never in a ring.
 */
export async function storeEvents(
  tenantId: string,
  batches: CheckedEvent[][],
): Promise<boolean[][]> {
  const first = new Map<string, CheckedEvent>();
  for (const event of batches.flat()) {
    const key = identity(event.source, event.id);
    if (!first.has(key)) first.set(key, event);
  }
  const unseen = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);
  const stored = await withTenantSql({ tenantId }, async (client) => {
    const fresh = await insertEvents(client, tenantId, unseen);
    if (fresh.length > 0) await count(client, tenantId, fresh);
    return new Set(fresh);
  });
  return batches.map((batch) => batch.map((event) => stored.has(event)));
}

async function insertEvents(
  client: pg.ClientBase,
  tenantId: string,
  events: CheckedEvent[],
): Promise<CheckedEvent[]> {
  const { rows, rowCount } = await client.query<[string, string]>({
    name: 'usage.insert-events',
    text: INSERT,
    rowMode: 'array',
    values: [
      tenantId,
      events.map(({ source }) => source),
      events.map(({ id }) => id),
      events.map(({ meter }) => meter),
      events.map(({ value }) => value),
      events.map(({ subject }) => subject),
      events.map(({ dimensions }) => dimensions),
      events.map(({ at }) => at.toISOString()),
      events.map(({ receivedAt }) => receivedAt.toISOString()),
    ],
  });
  if (rowCount === events.length) return events;
  const inserted = new Set(rows.map(([source, id]) => identity(source, id)));
  return events.filter((event) => inserted.has(identity(event.source, event.id)));
}

async function count(
  client: pg.ClientBase,
  tenantId: string,
  events: CheckedEvent[],
): Promise<void> {
  const now = events[0]?.receivedAt ?? new Date();
  const subjects = await newSubjects(client, tenantId, events);
  const hours = sumByHour(events);
  const months = new Map<
    string,
    { meter: string; month: Date; kind: string; value: number; at: Date }
  >();
  const aggregationOf = new Map(events.map(({ meter, aggregation }) => [meter, aggregation]));
  for (const sums of hours) {
    const kind = aggregationOf.get(sums.meter) ?? 'count';
    const month = monthOf(sums.hour);
    const key = `${sums.meter} ${month.getTime()}`;
    const { value, at } = contribution(kind, sums);
    const before = months.get(key);
    const merged = before && mergeMonth(kind, before, { value, at });
    months.set(key, { meter: sums.meter, month, kind, ...(merged ?? { value, at }) });
  }
  for (const [key, seen] of subjects) {
    const month = months.get(key);
    if (month) month.value = seen;
  }
  const rows = [...months.values()].sort((a, b) =>
    a.meter < b.meter ? -1 : a.meter > b.meter ? 1 : a.month.getTime() - b.month.getTime(),
  );
  await addToMonths(client, tenantId, now, rows);
  await addToHours(client, tenantId, hours);
}

type Contribution = { value: number; at: Date };

function contribution(kind: string, sums: Sums): Contribution {
  if (kind === 'sum') return { value: sums.sum, at: sums.lastAt };
  if (kind === 'max') return { value: sums.max, at: sums.lastAt };
  if (kind === 'last') return { value: sums.last, at: sums.lastAt };
  return { value: kind === 'unique' ? 0 : sums.count, at: sums.lastAt };
}

function mergeMonth(kind: string, a: Contribution, b: Contribution): Contribution {
  if (kind === 'max') return a.value >= b.value ? a : b;
  if (kind === 'last') return a.at > b.at ? a : b;
  return { value: a.value + b.value, at: a.at > b.at ? a.at : b.at };
}

function sumByHour(events: CheckedEvent[]): HourSums[] {
  const hours = new Map<string, HourSums>();
  for (const { meter, value, at } of events) {
    const hour = hourOf(at);
    const key = `${meter} ${hour.getTime()}`;
    const sums = hours.get(key);
    if (!sums) {
      hours.set(key, { meter, hour, count: 1, sum: value, max: value, last: value, lastAt: at });
      continue;
    }
    sums.count++;
    sums.sum += value;
    if (value > sums.max) sums.max = value;
    if (at >= sums.lastAt) {
      sums.last = value;
      sums.lastAt = at;
    }
  }
  const keyed = [...hours].sort(([a], [b]) => (a < b ? -1 : 1));
  return keyed.map(([, sums]) => sums);
}

const SUBJECTS = `
  WITH added AS (
    INSERT INTO usage_subject (tenant_id, meter, period_start, subject)
    SELECT $1, * FROM unnest($2::text[], $3::timestamptz[], $4::text[])
    ON CONFLICT DO NOTHING RETURNING meter, period_start)
  SELECT meter, period_start, count(*)::int AS seen FROM added GROUP BY 1, 2`;

/** How many subjects each month of a unique meter hasn't seen before. */
async function newSubjects(
  client: pg.ClientBase,
  tenantId: string,
  events: CheckedEvent[],
): Promise<Map<string, number>> {
  const wanted = new Map<string, [string, string, string]>();
  for (const { meter, subject, at } of events) {
    if (subject === null) continue;
    const month = monthOf(at).toISOString();
    wanted.set(`${meter} ${month} ${subject}`, [meter, month, subject]);
  }
  if (wanted.size === 0) return new Map();
  const rows = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const result = await client.query<{ meter: string; period_start: Date; seen: number }>(SUBJECTS, [
    tenantId,
    rows.map(([meter]) => meter),
    rows.map(([, month]) => month),
    rows.map(([, , subject]) => subject),
  ]);
  return new Map(
    result.rows.map(({ meter, period_start, seen }) => [
      `${meter} ${period_start.getTime()}`,
      seen,
    ]),
  );
}

/** For `last` a late event must not replace a later one, so the hours already written decide. */
const MONTHS = `
  INSERT INTO usage_period AS p (tenant_id, meter, period_start, used, updated_at, dirty)
  SELECT $1, m.meter, m.month, m.value, $2, true
  FROM unnest($3::text[], $4::timestamptz[], $5::text[], $6::float8[], $7::timestamptz[])
    AS m(meter, month, kind, value, at)
  ON CONFLICT (tenant_id, meter, period_start) DO UPDATE SET dirty = true, updated_at = excluded.updated_at,
    used = (SELECT CASE m.kind
        WHEN 'max' THEN greatest(p.used, m.value)
        WHEN 'last' THEN CASE WHEN EXISTS (
          SELECT FROM usage_rollup r WHERE r.tenant_id = $1 AND r.meter = m.meter AND r.hour >= m.month
            AND r.hour < (m.month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC' AND r.last_at > m.at) THEN p.used ELSE m.value END
        ELSE p.used + m.value END
      FROM unnest($3::text[], $4::timestamptz[], $5::text[], $6::float8[], $7::timestamptz[])
        AS m(meter, month, kind, value, at)
      WHERE m.meter = p.meter AND m.month = p.period_start)`;

async function addToMonths(
  client: pg.ClientBase,
  tenantId: string,
  now: Date,
  rows: { meter: string; month: Date; kind: string; value: number; at: Date }[],
): Promise<void> {
  await client.query({
    name: 'usage.add-to-months',
    text: MONTHS,
    values: [
      tenantId,
      now,
      rows.map(({ meter }) => meter),
      rows.map(({ month }) => month.toISOString()),
      rows.map(({ kind }) => kind),
      rows.map(({ value }) => value),
      rows.map(({ at }) => at.toISOString()),
    ],
  });
}

const HOURS = `
  INSERT INTO usage_rollup AS u (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
  SELECT $1, h.meter, h.hour, '', h.count, h.sum, h.max, h.last, h.last_at
  FROM unnest($2::text[], $3::timestamptz[], $4::bigint[], $5::float8[], $6::float8[], $7::float8[], $8::timestamptz[])
    AS h(meter, hour, count, sum, max, last, last_at)
  ON CONFLICT (tenant_id, meter, hour, dimension) DO UPDATE SET
    count = u.count + excluded.count, sum = u.sum + excluded.sum, max = greatest(u.max, excluded.max),
    last = CASE WHEN excluded.last_at >= u.last_at THEN excluded.last ELSE u.last END,
    last_at = greatest(u.last_at, excluded.last_at)`;

async function addToHours(
  client: pg.ClientBase,
  tenantId: string,
  hours: HourSums[],
): Promise<void> {
  await client.query({
    name: 'usage.add-to-hours',
    text: HOURS,
    values: [
      tenantId,
      hours.map(({ meter }) => meter),
      hours.map(({ hour }) => hour.toISOString()),
      hours.map(({ count: n }) => n),
      hours.map(({ sum }) => sum),
      hours.map(({ max }) => max),
      hours.map(({ last }) => last),
      hours.map(({ lastAt }) => lastAt.toISOString()),
    ],
  });
}
