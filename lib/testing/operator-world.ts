import type pg from 'pg';
import { beforeAll } from 'vitest';
import { findOperator, operatorCtx, signInOperator } from '@/lib/domains/operator';
import { passwordHash } from '@/lib/infra/crypto/password-hash';
import { type Clock, systemClock } from '@/lib/kernel/clock';
import type { OperatorCtx, PublicCtx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { type OperatorRole, operatorRoles } from '@/lib/kernel/operator-access';

export const OPERATOR_PASSWORD = 'an operator’s long secret 42';

/** Writes an operator, past every rule. */
export async function makeOperator(admin: pg.Client, role: OperatorRole, email: string) {
  const id = newId();
  await admin.query(
    `INSERT INTO platform_operator (id, email, role, password_hash, created_at, updated_at)
     VALUES ($1, $2, $3, $4, now(), now())`,
    [id, email, role, await passwordHash(OPERATOR_PASSWORD)],
  );
  return { id, email, role };
}

/** Signs an operator in by password: the token of the cookie, and their ctx. */
export async function signedInOperator(
  info: PublicCtx,
  email: string,
): Promise<{ token: string; ctx: OperatorCtx }> {
  const { session } = await signInOperator(info, { email, password: OPERATOR_PASSWORD });
  const principal = await findOperator(session.token, info.clock.now());
  if (!principal) throw new Error('a new session is good');
  return { token: session.token, ctx: operatorCtx(info, principal) };
}

let newcomers = 0;

/** Somebody new at the console, signed in from an address of their own, so that throttles don't meet. */
export async function newOperator(
  admin: pg.Client,
  role: OperatorRole,
  email = `${role}@operators.example`,
  clock: Clock = systemClock,
): Promise<OperatorCtx> {
  await makeOperator(admin, role, email);
  newcomers += 1;
  const ip = `10.81.0.${newcomers}`;
  return (await signedInOperator({ requestId: 'req_operator', clock, ip, userAgent: null }, email))
    .ctx;
}

/** One operator of each role for one test file. Call it once at the top level, after the world that it is in. */
export function useOperators(
  world: { admin: pg.Client },
  clock?: Clock,
): Record<OperatorRole, OperatorCtx> {
  const operators = {} as Record<OperatorRole, OperatorCtx>;
  beforeAll(async () => {
    for (const role of operatorRoles) {
      operators[role] = await newOperator(world.admin, role, undefined, clock);
    }
  });
  return operators;
}

/** What operators did, oldest first. */
export async function platformAudit(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ action: string }>(
    'SELECT action FROM platform_audit_event ORDER BY id',
  );
  return rows.map((row) => row.action);
}
