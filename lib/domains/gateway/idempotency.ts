import { decrypt, encrypt, sha256 } from '@/lib/infra/crypto';
import { appSql, type Steps } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { newId } from '@/lib/kernel/ids';
import { rememberedSteps } from './remembered-steps';

/** How long an answer is kept, in ms. */
export const KEEP_ANSWERS_MS = 24 * 3_600_000;
/**
 * How long a claim holds without being renewed: a process that died lets go after this, in ms. One that
 * is merely slow loses nothing but its turn, because it can't commit any more.
 */
const HOLD_MS = 15_000;
const RENEW_MS = 5_000;

/** A claimed key: whoever has it does the work within `steps`, then completes or releases it. */
export type IdempotentRecord = {
  scope: string;
  claim: string;
  steps: Steps;
  renewal: NodeJS.Timeout;
};

export type StoredAnswer = { status: number; headers: Record<string, string>; body: Uint8Array };

/** `contentHash`: of the body it is the answer to, where that was streamed and has passed whole. */
type Replay = StoredAnswer & { state: 'replay'; contentHash: string | null };

export type Begun =
  | { state: 'fresh'; record: IdempotentRecord }
  | Replay
  | { state: 'mismatch' }
  | { state: 'in_flight' };

type Row = {
  outcome: Begun['state'];
  status: number | null;
  headers: Record<string, string> | null;
  body: Buffer | null;
  steps: Buffer[] | null;
  content: string | null;
};

const BEGIN = 'SELECT * FROM door.begin_idempotent($1, $2, $3, $4, $5, $6, $7)';
const KEEP = 'SELECT door.keep_idempotent($1, $2, $3)';
const COMPLETE = 'SELECT door.complete_idempotent($1, $2, $3, $4, $5)';
const CONTENT = 'SELECT door.keep_content($1, $2, $3) AS same';
const RELEASE = 'SELECT door.release_idempotent($1, $2)';

/**
 * Claims `scope` (which already names tenant, caller and key) for a request. Of any number of
 * identical requests at once exactly one is `fresh`; one that follows a run that was cut short is
 * `fresh` with the steps that run had committed.
 */
export async function beginIdempotent(request: {
  tenantId: string | null;
  scope: string;
  requestHash: string;
  now: Date;
}): Promise<Begun> {
  const { tenantId, requestHash, now } = request;
  const scope = sha256(`${tenantId} ${request.scope}`);
  const claim = newId();
  const from = now.getTime();
  const { rows } = await appSql<Row>('gateway.begin-idempotent', BEGIN, [
    scope,
    tenantId,
    requestHash,
    claim,
    now,
    new Date(from + HOLD_MS),
    new Date(from - KEEP_ANSWERS_MS),
  ]);
  const [row] = rows;
  if (!row) throw new Error('no answer from door.begin_idempotent');
  if (row.outcome === 'fresh') {
    const steps = rememberedSteps(scope, claim, row.steps ?? []);
    return { state: 'fresh', record: { scope, claim, steps, renewal: renew(scope, claim) } };
  }
  if (row.outcome !== 'replay') return { state: row.outcome };
  const body = row.body ? decrypt(row.body, placeOf(scope)) : new Uint8Array();
  const { status, headers, content: contentHash } = row;
  return { state: 'replay', status: status ?? 200, headers: headers ?? {}, body, contentHash };
}

/**
 * Keeps the hash of what a request carried, before anything is done with it. Answers whether it is
 * what an earlier run with the key carried, if there was one.
 */
export async function keepContent(record: IdempotentRecord, hash: string): Promise<boolean> {
  const { rows } = await appSql<{ same: boolean }>('gateway.keep-content', CONTENT, [
    record.scope,
    record.claim,
    hash,
  ]);
  return rows[0]?.same ?? false;
}

/** Keeps the answer, encrypted, for whoever repeats the request within 24 hours. */
export async function completeIdempotent(
  record: IdempotentRecord,
  answer: StoredAnswer,
): Promise<void> {
  clearInterval(record.renewal);
  const sealed = encrypt(answer.body, placeOf(record.scope));
  const headers = JSON.stringify(answer.headers);
  await appSql('gateway.complete-idempotent', COMPLETE, [
    record.scope,
    record.claim,
    answer.status,
    headers,
    sealed,
  ]);
}

/**
 * Lets the key go without an answer. The next request with it starts anew, or, when something was
 * committed already, goes on from there.
 */
export async function releaseIdempotent(record: IdempotentRecord): Promise<void> {
  clearInterval(record.renewal);
  await appSql('gateway.release-idempotent', RELEASE, [record.scope, record.claim]);
}

const placeOf = (scope: string) => `idempotency_record.body.${scope}`;

function renew(scope: string, claim: string): NodeJS.Timeout {
  const timer = setInterval(() => {
    appSql('gateway.keep-idempotent', KEEP, [scope, claim, new Date(Date.now() + HOLD_MS)]).catch(
      (error: unknown) => log().warn({ err: error }, 'idempotency claim not renewed'),
    );
  }, RENEW_MS);
  return timer.unref();
}
