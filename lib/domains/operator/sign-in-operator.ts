import { checkPassword } from '@/lib/domains/identity';
import { appSql } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { OperatorRole } from '@/lib/kernel/operator-access';
import { operatorLifetimes } from './limits';
import { lockOperator, type NewOperatorSession, openOperatorSession } from './open-session';
import { withOperator } from './platform-audit';
import { operatorCtx, type SecondFactor, secondFactorOf } from './principal';
import type { OperatorSignInInput } from './schemas';
import { recordRefusedSignIn } from './refused-sign-in';
import { takeSignInTry } from './throttle';

type Row = {
  id: string;
  email: string;
  name: string;
  role: OperatorRole;
  password_hash: string;
  known: boolean;
};

const signInFailed = () =>
  new DomainError(
    'unauthenticated',
    'invalid_credentials',
    'E-mail or password is wrong. Check them and try again.',
  );

async function findByEmail(info: PublicCtx, email: string): Promise<Row | null> {
  const since = new Date(info.clock.now().getTime() - operatorLifetimes.knownAddress);
  const found = await appSql<Row>(
    'operator.for_sign_in',
    'SELECT * FROM door.operator_for_sign_in($1, $2, $3)',
    [email, info.ip, since],
  );
  return found.rows[0] ?? null;
}

/**
 * Signs an operator in, at the admin host alone (the transport sees to that). Where an authenticator app is
 * set up the session waits for its code and opens nothing before. The same work and words for an unknown
 * address and a wrong password, and a row in the platform's log for each, within bounds. Throws 401 `invalid_credentials`, 429 `rate_limited`.
 */
export async function signInOperator(
  info: PublicCtx,
  { email, password }: OperatorSignInInput,
): Promise<{ session: NewOperatorSession; secondFactor: SecondFactor }> {
  const row = await findByEmail(info, email);
  const known = row?.known ?? false;
  const taken = await takeSignInTry(info, { email, known }).catch(async (error: unknown) => {
    await recordRefusedSignIn(info, email, 'throttled');
    throw error;
  });
  const matches = await checkPassword(password, row?.password_hash ?? null);
  if (!matches || !row) {
    await recordRefusedSignIn(info, email, 'credentials');
    throw signInFailed();
  }
  await taken.succeeded();
  const sessionId = newId(info.clock.now().getTime());
  const principal = { operatorId: row.id, sessionId, ...row, secondFactor: 'wanted' } as const;
  return withOperator(operatorCtx(info, principal), async (tx) => {
    await lockOperator(tx, row.id);
    // Meanwhile the password may have been changed, or the operator shut out: both end sessions that are there.
    const found = await tx.platformOperator.findFirst({
      where: { id: row.id, status: 'active', passwordHash: row.password_hash },
      select: { totpConfirmedAt: true, secondFactorRequired: true },
    });
    if (!found) throw signInFailed();
    const secondFactor = secondFactorOf({
      enrolled: found.totpConfirmedAt !== null,
      required: found.secondFactorRequired,
      mfaAt: null,
    });
    const session = await openOperatorSession(tx, info, {
      id: sessionId,
      operatorId: row.id,
      mfaAt: null,
      waiting: secondFactor === 'wanted',
    });
    return {
      result: { session, secondFactor },
      entry: {
        action: 'operator.password_proved',
        object: { type: 'operator', id: row.id },
        after: { second_factor: secondFactor },
      },
    };
  });
}
