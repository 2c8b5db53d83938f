import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { appSql, type Tx } from '../db';
import { log } from '../log';
import { once } from '../registry';

/** How long amounts are gathered before they are written, in ms: what a killed process may lose. */
const GATHER_MS = 1_000;
/** An outcome is asked for this long, in ms; the database forgets which flushes it had after twice the time. */
const ASK_FOR_MS = 600_000;
const HOUR_MS = 3_600_000;

/** An amount in a platform meter, which nobody waits for. */
export type Tally = {
  tenantId: string;
  meter: string;
  at: Date;
  /** Acts and the amount in the meter's unit. */
  count: number;
  value: number;
};

/** Something that counts once in a month, however often it happens. */
export type Sighting = { tenantId: string; meter: string; at: Date; subject: string };

type Item = Tally & { subject: string | null };
type Flush = { id: string; since: number; items: Item[] };

const ADD_USAGE = 'SELECT door.add_usage($1,$2,$3,$4,$5,$6,$7)';

function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

function columns(items: readonly Item[]) {
  return [
    items.map(({ tenantId }) => tenantId),
    items.map(({ meter }) => meter),
    items.map(({ at }) => hourOf(at).toISOString()),
    items.map(({ count }) => count),
    items.map(({ value }) => value),
    items.map(({ subject }) => subject),
  ] as const;
}

/** Adds amounts to platform meters across tenants, in a transaction of a cross-tenant job. */
export async function addTallies(tx: Tx, tallies: readonly Tally[]): Promise<void> {
  const [tenants, meters, hours, counts, values, subjects] = columns(
    tallies.map((tally) => ({ ...tally, subject: null })),
  );
  await tx.$executeRaw`SELECT door.add_usage(NULL, ${tenants}::uuid[], ${meters}::text[],
    ${hours}::timestamptz[], ${counts}::bigint[], ${values}::float8[], ${subjects}::text[])`;
}

/** Amounts of this process that aren't written yet: one transaction a second, whatever the load. */
class Gatherer {
  private gathered = new Map<string, Item>();
  private readonly seen = new LRUCache<string, true>({ max: 50_000 });
  private unsettled: Flush | null = null;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  add(tally: Tally): void {
    const key = `${tally.tenantId} ${tally.meter} ${Math.floor(tally.at.getTime() / HOUR_MS)}`;
    const item = this.gathered.get(key);
    if (item) {
      item.count += tally.count;
      item.value += tally.value;
    } else this.gathered.set(key, { ...tally, subject: null });
    this.schedule();
  }

  see(sighting: Sighting): void {
    const key = sightingKey(sighting);
    if (this.seen.has(key) || this.gathered.has(key)) return;
    this.gathered.set(key, { ...sighting, count: 1, value: 1 });
    this.schedule();
  }

  /** Writes all there is; true when nothing is left. */
  async drain(): Promise<boolean> {
    await this.running;
    await this.flush();
    if (!this.unsettled && this.gathered.size > 0) await this.flush();
    return this.gathered.size === 0 && !this.unsettled;
  }

  private schedule(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, GATHER_MS);
    this.timer.unref();
  }

  private flush(): Promise<void> {
    this.running ??= this.write().finally(() => {
      this.running = null;
      if (this.unsettled || this.gathered.size > 0) this.schedule();
    });
    return this.running;
  }

  /** One flush at a time. One whose outcome is unknown is repeated as it was, so that it counts once. */
  private async write(): Promise<void> {
    const flush = this.unsettled ?? this.takeAll();
    if (flush.items.length === 0) return;
    try {
      await appSql('tally.add-usage', ADD_USAGE, [flush.id, ...columns(flush.items)]);
      for (const item of flush.items) if (item.subject !== null) this.seen.set(keyOf(item), true);
      this.unsettled = null;
    } catch (error) {
      const over = Date.now() - flush.since > ASK_FOR_MS;
      log()[over ? 'error' : 'warn']({ err: error, items: flush.items.length, over }, 'tallies');
      this.unsettled = over ? null : flush;
    }
  }

  private takeAll(): Flush {
    const items = [...this.gathered.values()];
    this.gathered = new Map();
    return { id: randomUUID(), since: Date.now(), items };
  }
}

function sightingKey({ tenantId, meter, at, subject }: Sighting): string {
  return `${tenantId} ${meter} ${at.getUTCFullYear()}-${at.getUTCMonth()} ${subject}`;
}

function keyOf(item: Item): string {
  return sightingKey({ ...item, subject: item.subject ?? '' });
}

const gatherer = () => once('tally.gatherer', () => new Gatherer());

/** Counts an amount soon, without a round trip: what is known only after the answer, and need not be decided on. */
export function tally(amount: Tally): void {
  gatherer().add(amount);
}

/** Counts a thing in its month, if it is the first time, soon and without a round trip. */
export function tallyOnce(sighting: Sighting): void {
  gatherer().see(sighting);
}

/** Writes what was tallied, before a process ends. */
export async function drainTallies(): Promise<void> {
  if (await gatherer().drain()) return;
  log().error('usage that was tallied could not be written and is lost');
}
