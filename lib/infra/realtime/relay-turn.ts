import { type Tx, withSystem } from '../db';
import { CHANNEL, type Signal, type StreamName } from './hub';

/** Most rows in one turn. */
const TURN = 500;
/** NOTIFY takes less than 8,000 bytes; larger messages are read by their number. */
const LARGEST_NOTIFY = 7_500;

/** What a source of a stream has to say: rows that are numbered in the order given. */
export type Numbered = { tenantId: string; seq: number; data: unknown };

/** Gives `count` new numbers of each tenant's stream; answers the number before the first. */
export async function takeNumbers(
  tx: Tx,
  stream: StreamName,
  counts: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const tenants = [...counts.keys()].sort();
  if (tenants.length === 0) return new Map();
  const wanted = tenants.map((tenant) => counts.get(tenant) ?? 0);
  const rows = await tx.$queryRaw<{ tenant_id: string; before: bigint }[]>`
    INSERT INTO stream_position AS p (tenant_id, stream, seq)
    SELECT t, ${stream}, n FROM unnest(${tenants}::uuid[], ${wanted}::bigint[]) AS u(t, n)
    ON CONFLICT (tenant_id, stream) DO UPDATE SET seq = p.seq + excluded.seq
    RETURNING tenant_id, seq - (SELECT n FROM unnest(${tenants}::uuid[], ${wanted}::bigint[]) AS u(t, n)
                                WHERE t = p.tenant_id) AS before`;
  return new Map(rows.map((row) => [row.tenant_id, Number(row.before)]));
}

/** Tells every process, at the commit of the transaction that numbered the messages. */
export async function announce(tx: Tx, stream: StreamName, messages: Numbered[]): Promise<void> {
  if (messages.length === 0) return;
  const payloads = messages.map(({ tenantId, seq, data }) => {
    const signal: Signal = { stream, tenantId, seq, data };
    const text = JSON.stringify(signal);
    if (Buffer.byteLength(text) <= LARGEST_NOTIFY) return text;
    return JSON.stringify({ stream, tenantId, seq } satisfies Signal);
  });
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, p) FROM unnest(${payloads}::text[]) p`;
}

type Waiting = {
  id: bigint;
  tenant_id: string | null;
  topic: string;
  payload: unknown;
  created_at: Date;
};

/** Who hears messages of a topic in the transaction that relays them, so that each is heard once. It must not fail. */
export type OutboxListener = {
  topic: string;
  hear(tx: Tx, messages: { tenantId: string; at: Date }[]): Promise<void>;
};

/**
 * Relays what waits in the outbox: a number in the tenant's stream for each row, in the order of
 * their ids as far as they are visible now. Run by one process at a time. Answers how many rows.
 */
export function relayTurn(now: Date, listeners: readonly OutboxListener[] = []): Promise<number> {
  return withSystem('relay the outbox', async (tx) => {
    const waiting = await tx.$queryRaw<Waiting[]>`
      SELECT id, tenant_id, topic, payload, created_at FROM outbox
      WHERE relayed_at IS NULL ORDER BY id LIMIT ${TURN} FOR UPDATE SKIP LOCKED`;
    if (waiting.length === 0) return 0;
    const messages = await numberRows(tx, waiting, now);
    const seqs = waiting.map((row) => messages.get(row.id)?.seq ?? null);
    await tx.$executeRaw`
      UPDATE outbox o SET relayed_at = ${now}, seq = u.seq
      FROM unnest(${waiting.map(({ id }) => id)}::bigint[], ${seqs}::bigint[]) AS u(id, seq)
      WHERE o.id = u.id`;
    for (const listener of listeners) await tell(tx, listener, waiting);
    await announce(tx, 'events', [...messages.values()]);
    return waiting.length;
  });
}

async function tell(tx: Tx, listener: OutboxListener, rows: Waiting[]): Promise<void> {
  const heard = rows.flatMap((row) =>
    row.topic === listener.topic && row.tenant_id
      ? [{ tenantId: row.tenant_id, at: row.created_at }]
      : [],
  );
  if (heard.length > 0) await listener.hear(tx, heard);
}

async function numberRows(tx: Tx, rows: Waiting[], now: Date): Promise<Map<bigint, Numbered>> {
  const counts = new Map<string, number>();
  for (const { tenant_id } of rows) {
    if (tenant_id) counts.set(tenant_id, (counts.get(tenant_id) ?? 0) + 1);
  }
  const next = await takeNumbers(tx, 'events', counts);
  const numbered = new Map<bigint, Numbered>();
  for (const { id, tenant_id: tenantId, topic, payload } of rows) {
    if (!tenantId) continue;
    const seq = (next.get(tenantId) ?? 0) + 1;
    next.set(tenantId, seq);
    const data = { type: topic, data: payload, at: now.toISOString(), seq };
    numbered.set(id, { tenantId, seq, data });
  }
  return numbered;
}
