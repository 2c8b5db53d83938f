import { sha256 } from '@/lib/infra/crypto';
import { appSql } from '@/lib/infra/db';
import type { OperatorRole } from '@/lib/kernel/operator-access';
import { operatorLifetimes } from './limits';
import { type OperatorPrincipal, secondFactorOf } from './principal';

type Row = {
  session_id: string;
  operator_id: string;
  email: string;
  name: string;
  role: OperatorRole;
  enrolled: boolean;
  required: boolean;
  mfa_at: Date | null;
  last_seen_at: Date;
  absolute_expires_at: Date;
};

/** The longest token we issue is well below this; longer ones aren't worth hashing. */
const LONGEST = 200;

/** Whose session at the admin host a token is, or null. Nothing is remembered: a revoked one ends at once. */
export async function findOperator(token: string, now: Date): Promise<OperatorPrincipal | null> {
  if (token.length > LONGEST) return null;
  const found = await appSql<Row>(
    'operator.session',
    'SELECT * FROM door.operator_by_session($1, $2)',
    [sha256(token), now],
  );
  const [row] = found.rows;
  if (!row) return null;
  const principal: OperatorPrincipal = {
    operatorId: row.operator_id,
    sessionId: row.session_id,
    email: row.email,
    name: row.name,
    role: row.role,
    secondFactor: secondFactorOf({ ...row, mfaAt: row.mfa_at }),
  };
  // A session that waits for its second factor isn't kept alive by waiting.
  const stale = now.getTime() - row.last_seen_at.getTime() >= operatorLifetimes.touch;
  if (stale && principal.secondFactor !== 'wanted') await touch(row.session_id, now);
  return principal;
}

async function touch(sessionId: string, now: Date): Promise<void> {
  await appSql('operator.touch_session', 'SELECT door.touch_operator_session($1, $2, $3)', [
    sessionId,
    now,
    new Date(now.getTime() + operatorLifetimes.sessionIdle),
  ]);
}
