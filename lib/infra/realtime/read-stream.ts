import { withTenantSql } from '../db';
import type { StreamName } from './hub';

export type StreamMessage = { seq: number; data: unknown };

/** Most messages read at once. */
const PAGE = 500;

const USAGE_ROW = `seq, json_build_object('type', 'usage', 'meter', meter, 'used', used, 'limit', "limit",
  'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'seq', seq) AS data`;

const AFTER: Record<StreamName, string> = {
  usage: `SELECT ${USAGE_ROW} FROM usage_stream WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`,
  events: `SELECT seq, json_build_object('type', topic, 'data', payload,
             'at', to_char(relayed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'seq', seq) AS data
           FROM outbox WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`,
};

/** The newest message of each meter: what a new reader starts from. */
const CURRENT = `SELECT ${USAGE_ROW} FROM (
  SELECT DISTINCT ON (meter) * FROM usage_stream
  WHERE tenant_id = $1 AND at >= date_trunc('month', now(), 'UTC') ORDER BY meter, seq DESC) newest
  ORDER BY seq`;

const POSITION = 'SELECT seq FROM stream_position WHERE tenant_id = $1 AND stream = $2';

type Row = { seq: string; data: unknown };
const message = (row: Row): StreamMessage => ({ seq: Number(row.seq), data: row.data });

/** Messages after `seq`, oldest first, a page at most. */
export function readAfter(
  tenantId: string,
  stream: StreamName,
  seq: number,
): Promise<StreamMessage[]> {
  return withTenantSql({ tenantId }, async (client) => {
    const { rows } = await client.query<Row>({
      name: `realtime.after.${stream}`,
      text: AFTER[stream],
      values: [tenantId, seq],
    });
    return rows.map(message);
  });
}

/** Where a stream stands now, and for usage the state so far. */
export function readNow(
  tenantId: string,
  stream: StreamName,
): Promise<{ seq: number; current: StreamMessage[] }> {
  return withTenantSql({ tenantId }, async (client) => {
    const position = await client.query<{ seq: string }>(POSITION, [tenantId, stream]);
    const seq = Number(position.rows[0]?.seq ?? 0);
    if (stream === 'events') return { seq, current: [] };
    const { rows } = await client.query<Row>(CURRENT, [tenantId]);
    const current = rows.map(message);
    return { seq: Math.max(seq, ...current.map((one) => one.seq)), current };
  });
}
