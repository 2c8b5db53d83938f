import { appSql } from '@/lib/infra/db';

export type Admission = {
  outcome: 'admitted' | 'rate_limited' | 'quota_exceeded';
  /** State of the token bucket: its size (null: unlimited), whole tokens left, seconds until it is full (or, when refused, until the next token; null: that never comes). */
  rate: { limit: number | null; remaining: number; resetSeconds: number | null };
  /** Only when refused for the quota. */
  quota?: { used: number; limit: number | null; resetsAt: Date; upgradeTo: string | null };
};

/** One call as the database's arbiter sees it. */
export type Call = {
  tenantId: string | null;
  bucket: string;
  /** Tokens and tokens a second of a bucket with limits of its own; null: the tenant's entitlement gives them. */
  own: { capacity: number; perSecond: number } | null;
  metered: boolean;
  exempt: boolean;
  /** Start of the UTC hour the call is counted in, ISO 8601. */
  hour: string;
  dimension: string;
  /** The bucket of a key that has a limit of its own; it holds what comes in a second. */
  ofKey: { bucket: string; perSecond: number } | null;
  /** The API key whose last use is to be noted now. */
  usedKey: string | null;
};

/** Calls that can't be told apart and follow each other in their bucket. */
type Run = { call: Call; count: number };

type Decision = {
  passed: number;
  admitted: number;
  capacity: number | null;
  rate: number | null;
  tokens: number | null;
  key_rate: number | null;
  key_tokens: number | null;
  used: number;
  quota: number | null;
};

export type Decided = { admission: Admission; counted: boolean };

/**
 * Calls as runs, first come first. A call joins a run only when nothing else of its bucket came in
 * between, so that who is refused depends on the order of arrival alone.
 */
export function runsOf(calls: Call[]): { runs: Run[]; runOf: number[] } {
  const runs: Run[] = [];
  const latest = new Map<string, number>();
  const runOf = calls.map((call) => {
    const at = latest.get(call.bucket);
    const run = at === undefined ? undefined : runs[at];
    if (at !== undefined && run && alike(run.call, call)) {
      run.count++;
      return at;
    }
    latest.set(call.bucket, runs.length);
    return runs.push({ call, count: 1 }) - 1;
  });
  return { runs, runOf };
}

const alike = (a: Call, b: Call) =>
  a.dimension === b.dimension &&
  a.hour === b.hour &&
  a.exempt === b.exempt &&
  a.metered === b.metered;

const ADMIT = 'SELECT door.admit($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) AS result';

/** Lets the calls of a flush in or refuses them, in one transaction that happens once for each id. */
export async function applyCalls(flushId: string, calls: Call[]): Promise<Decided[]> {
  const { runs, runOf } = runsOf(calls);
  const column = <T>(pick: (call: Call) => T) => runs.map(({ call }) => pick(call));
  const usedKeys = new Set(calls.flatMap(({ usedKey }) => usedKey ?? []));
  const { rows } = await appSql<{ result: Decision[] }>('gateway.admit', ADMIT, [
    flushId,
    column((call) => call.tenantId),
    column((call) => call.bucket),
    column((call) => call.own?.capacity ?? null),
    column((call) => call.own?.perSecond ?? null),
    column((call) => call.metered),
    column((call) => call.exempt),
    column((call) => call.hour),
    column((call) => call.dimension),
    runs.map(({ count }) => count),
    [...usedKeys],
    column((call) => call.ofKey?.bucket ?? null),
    column((call) => call.ofKey?.perSecond ?? null),
  ]);
  const decisions = rows[0]?.result ?? [];
  const place = runs.map(() => 0);
  return calls.map((call, i) => {
    const at = runOf[i] ?? 0;
    const decision = decisions[at];
    if (!decision) throw new Error('the flush has no decision for a call');
    const nth = place[at] ?? 0;
    place[at] = nth + 1;
    const admission = admissionOf(decision, nth, call.hour);
    return { admission, counted: call.metered && admission.outcome === 'admitted' };
  });
}

/** A bucket as the first call of a run found it. */
type Level = { capacity: number; rate: number; tokens: number };

function levelsOf({ capacity, rate, tokens, key_rate, key_tokens }: Decision): Level[] {
  const levels: Level[] = [];
  if (capacity !== null && rate !== null && tokens !== null) {
    levels.push({ capacity, rate, tokens });
  }
  if (key_rate !== null && key_tokens !== null) {
    levels.push({ capacity: key_rate, rate: key_rate, tokens: key_tokens });
  }
  return levels;
}

const UNLIMITED = { limit: null, remaining: Number.POSITIVE_INFINITY, resetSeconds: 0 };

/** Seconds until so many tokens have come; null when none ever do. */
function secondsFor(tokens: number, rate: number): number | null {
  if (tokens <= 0) return 0;
  return rate > 0 ? tokens / rate : null;
}

/** The state of the tighter bucket once `taken` tokens are gone. */
function stateAfter(taken: number, levels: Level[]): Admission['rate'] {
  const [tightest] = levels.toSorted((a, b) => a.tokens - b.tokens);
  if (!tightest) return UNLIMITED;
  const { capacity, rate, tokens } = tightest;
  const left = tokens - taken;
  const resetSeconds = secondsFor(capacity - left, rate);
  return { limit: capacity, remaining: Math.floor(left), resetSeconds };
}

/** The bucket that a refused call has to wait for longest. */
function waitAfter(taken: number, levels: Level[]): Admission['rate'] {
  const waits = levels.map(({ capacity, rate, tokens }) => ({
    limit: capacity,
    remaining: 0,
    resetSeconds: secondsFor(1 - (tokens - taken), rate),
  }));
  const length = ({ resetSeconds }: (typeof waits)[number]) => resetSeconds ?? Infinity;
  const longest = waits.find((wait) => length(wait) === Math.max(...waits.map(length)));
  return longest ?? { ...UNLIMITED, remaining: 0, resetSeconds: 1 };
}

/** What the `nth` call of a run is told. */
function admissionOf(decision: Decision, nth: number, hour: string): Admission {
  const { passed, admitted, quota } = decision;
  const levels = levelsOf(decision);
  if (nth >= passed) return { outcome: 'rate_limited', rate: waitAfter(passed, levels) };
  const rate = stateAfter(nth + 1, levels);
  if (nth < admitted) return { outcome: 'admitted', rate };
  const used = Math.max(decision.used, quota ?? 0);
  return {
    outcome: 'quota_exceeded',
    rate,
    quota: { used, limit: quota, resetsAt: nextMonth(hour), upgradeTo: null },
  };
}

function nextMonth(hour: string): Date {
  const at = new Date(hour);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}

export type Refund = { tenantId: string; hour: string; dimension: string };

const REFUND = 'SELECT door.refund($1,$2,$3,$4,$5)';

/** Takes counted calls back, once for each flush id. */
export async function applyRefunds(flushId: string, refunds: Refund[]): Promise<void[]> {
  await appSql('gateway.refund', REFUND, [
    flushId,
    refunds.map(({ tenantId }) => tenantId),
    refunds.map(({ hour }) => hour),
    refunds.map(({ dimension }) => dimension),
    refunds.map(() => 1),
  ]);
  return refunds.map(() => undefined);
}
