import { hashPassword, passwordFault } from '@/lib/domains/identity';
import { sha256 } from '@/lib/infra/crypto';
import { appSql } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { DomainError, invalid } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { OperatorRole } from '@/lib/kernel/operator-access';
import {
  endAllOperatorSessions,
  type NewOperatorSession,
  openOperatorSession,
} from '../open-session';
import { withOperator } from '../platform-audit';
import { operatorCtx, type SecondFactor, secondFactorOf } from '../principal';
import { takeJoinTry } from '../throttle';
import type { JoinInput } from './schemas';

/** What the page behind an invitation's link shows. */
export type OperatorInvitation = { email: string; name: string; role: OperatorRole };

type Row = OperatorInvitation & {
  id: string;
  operator_id: string;
  status: string;
  expires_at: Date;
  accepted_at: Date | null;
  withdrawn_at: Date | null;
};

const refusal = (code: string, detail: string) => new DomainError('not_found', code, detail);

const refusals = {
  unknown: () =>
    refusal(
      'invitation_unknown',
      'This link is none of ours. Open it from the mail itself, or ask an administrator for a new one.',
    ),
  used: () =>
    refusal(
      'invitation_used',
      'This link was used already. Sign in with the password that was chosen then.',
    ),
  withdrawn: () =>
    refusal(
      'invitation_withdrawn',
      'This link was withdrawn, or a newer one was sent. Use the latest mail, or ask an administrator.',
    ),
  expired: () =>
    refusal(
      'invitation_expired',
      'This link is too old. Ask an administrator of the platform to send a new one.',
    ),
};

/** Why an invitation isn't good any more; null while it is. */
function faultOf(row: Row | undefined, now: Date): (() => DomainError) | null {
  if (!row) return refusals.unknown;
  if (row.accepted_at) return refusals.used;
  // Disabling withdraws what is open; the status is asked all the same.
  if (row.withdrawn_at || row.status !== 'invited') return refusals.withdrawn;
  return row.expires_at > now ? null : refusals.expired;
}

async function readInvitation(info: PublicCtx, token: string): Promise<Row> {
  const found = await appSql<Row>(
    'operator.invitation',
    'SELECT * FROM door.operator_invitation($1)',
    [sha256(token.slice(0, 200))],
  );
  const [row] = found.rows;
  const fault = faultOf(row, info.clock.now());
  if (fault || !row) throw (fault ?? refusals.unknown)();
  return row;
}

/**
 * The invitation behind a link, without accepting it. Throws 404 `invitation_unknown`, `invitation_used`,
 * `invitation_withdrawn`, `invitation_expired`.
 */
export async function getOperatorInvitation(
  info: PublicCtx,
  token: string,
): Promise<OperatorInvitation> {
  const { email, name, role } = await readInvitation(info, token);
  return { email, name, role };
}

/**
 * Accepts an invitation: the password that was chosen is the operator's from now on, the link is used up, and they are signed
 * in; a second factor that is set up is to be proved next, one that is asked for to be set up. Throws what looking at it throws, the password's own fault, 429 `rate_limited`.
 */
export async function joinAsOperator(
  info: PublicCtx,
  { token, password }: JoinInput,
): Promise<{ session: NewOperatorSession; secondFactor: SecondFactor }> {
  const taken = await takeJoinTry(info);
  const invitation = await readInvitation(info, token);
  const { operator_id: operatorId, email, name, role } = invitation;
  const fault = passwordFault(password, { email, name });
  if (fault) throw invalid([fault]);
  const passwordHash = await hashPassword(password);
  const now = info.clock.now();
  const sessionId = newId(now.getTime());
  const principal = { operatorId, sessionId, email, name, role, secondFactor: 'missing' } as const;
  const joined = await withOperator(operatorCtx(info, principal), async (tx) => {
    // Waits for an administrator who withdraws it, or finds that done; of two at once one gets it.
    const { count: opened } = await tx.platformOperator.updateMany({
      where: { id: operatorId, status: 'invited' },
      data: { status: 'active', passwordHash, updatedAt: now },
    });
    const { count: used } = await tx.operatorInvitation.updateMany({
      where: { id: invitation.id, acceptedAt: null, withdrawnAt: null },
      data: { acceptedAt: now },
    });
    if (opened === 0 || used === 0) {
      const { acceptedAt } = await tx.operatorInvitation.findUniqueOrThrow({
        where: { id: invitation.id },
      });
      throw acceptedAt ? refusals.used() : refusals.withdrawn();
    }
    const row = await tx.platformOperator.findUniqueOrThrow({ where: { id: operatorId } });
    const secondFactor = secondFactorOf({
      enrolled: row.totpConfirmedAt !== null,
      required: row.secondFactorRequired,
      mfaAt: null,
    });
    // One that began while the password was being taken back must not come alive.
    await endAllOperatorSessions(tx, info, operatorId);
    const session = await openOperatorSession(tx, info, {
      id: sessionId,
      operatorId,
      mfaAt: null,
      waiting: secondFactor === 'wanted',
    });
    return {
      result: { session, secondFactor },
      entry: {
        action: row.lastSignedInAt ? 'operator.password_chosen' : 'operator.joined',
        object: { type: 'operator', id: operatorId },
        after: { email, role: row.role },
      },
    };
  });
  await taken.succeeded();
  return joined;
}
