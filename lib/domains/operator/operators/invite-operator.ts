import { mailThrottle, queueMail, requireTry, type Throttle } from '@/lib/domains/identity';
import { randomToken, sha256 } from '@/lib/infra/crypto';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { consoleUrl } from '../console-url';
import { operatorLifetimes } from '../limits';
import { withOperator } from '../platform-audit';
import { invitesOf } from '../throttle';
import { holdOperators, type OperatorRow, readOperator, toOperator } from './hold-operators';
import type {
  AdminOperator,
  OperatorAddBody,
  OperatorIdInput,
  OperatorReasonInput,
} from './schemas';

/** Makes links that are open useless, by an administrator's word or because a newer one is sent. */
export async function withdrawInvitations(tx: Tx, operatorId: string, now: Date): Promise<number> {
  const { count } = await tx.operatorInvitation.updateMany({
    where: { operatorId, acceptedAt: null, withdrawnAt: null },
    data: { withdrawnAt: now },
  });
  return count;
}

type Invited = Pick<OperatorRow, 'id' | 'email' | 'name' | 'role' | 'lastSignedInAt'>;

/**
 * Mails a link by which a password is chosen, in place of those before; who has been in is told of a new password. Only its hash is kept,
 * and only the mail has the link.
 */
export async function sendInvitation(
  tx: Tx,
  ctx: OperatorCtx,
  { id, email, name, role, lastSignedInAt }: Invited,
): Promise<void> {
  const now = ctx.clock.now();
  const { operatorId: invitedBy } = ctx.actor;
  const token = randomToken(32);
  await withdrawInvitations(tx, id, now);
  await tx.operatorInvitation.create({
    data: {
      id: newId(now.getTime()),
      operatorId: id,
      tokenHash: sha256(token),
      invitedBy,
      createdAt: now,
      expiresAt: new Date(now.getTime() + operatorLifetimes.invitation),
    },
  });
  const inviter = await tx.platformOperator.findUniqueOrThrow({ where: { id: invitedBy } });
  const sender = inviter.name || inviter.email;
  const about = { to: email, link: consoleUrl(`/join?token=${token}`), name: name || email };
  await queueMail(
    tx,
    null,
    lastSignedInAt
      ? { template: 'operator_new_password', ...about, sender }
      : { template: 'operator_invitation', ...about, inviter: sender, role },
  );
}

/** What is counted of the links that one operator gets. */
export const linksTo = (id: string): Throttle => mailThrottle('operator-invitation', id);

/** One administrator sends few invitations, and one operator gets few. Throws 429 `rate_limited`. */
export function takeInvite(ctx: OperatorCtx, invited: Throttle[]): Promise<void> {
  authoriseOperator(ctx, 'operators:write');
  return requireTry(
    [...invited, invitesOf(ctx.actor.operatorId)],
    ctx.clock.now(),
    (wait) => `Too many invitations were sent. Wait ${wait} and try again.`,
  );
}

/**
 * Invites somebody to the console: they choose a password of their own by a mailed link, which nobody else gets to see.
 * Throws `forbidden`, 422 `email_taken` (one that is disabled keeps its address), 429 `rate_limited`.
 */
export async function addOperator(ctx: OperatorCtx, body: OperatorAddBody): Promise<AdminOperator> {
  await takeInvite(ctx, []);
  const now = ctx.clock.now();
  const id = newId(now.getTime());
  return withOperator(ctx, async (tx) => {
    await holdOperators(tx, ctx, []);
    const { count } = await tx.platformOperator.createMany({
      data: [{ id, ...body, status: 'invited', createdAt: now, updatedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) {
      throw invalidField(
        'email',
        'email_taken',
        'An operator has this address already. The list says how they stand.',
      );
    }
    await sendInvitation(tx, ctx, { id, ...body, lastSignedInAt: null });
    return {
      result: await readOperator(tx, ctx, id),
      entry: {
        action: 'operator.invited',
        object: { type: 'operator', id },
        after: { email: body.email, role: body.role },
      },
    };
  });
}

/**
 * Sends a new link in place of the one before to who has no password yet, also after it was withdrawn. Throws `forbidden`, `not_found`,
 * 409 `own_account`, `has_joined`, 429 `rate_limited`.
 */
export async function resendInvitation(
  ctx: OperatorCtx,
  { id }: OperatorIdInput,
): Promise<AdminOperator> {
  await takeInvite(ctx, [linksTo(id)]);
  return toOperator(ctx, id, async (tx, before) => {
    if (before.passwordHash !== null) {
      throw conflict('has_joined', 'This operator has joined already, and signs in by password.');
    }
    await tx.platformOperator.update({
      where: { id: before.id },
      data: { status: 'invited', updatedAt: ctx.clock.now() },
    });
    await sendInvitation(tx, ctx, before);
    return {
      action: 'operator.invited_again',
      before: { status: before.status },
      after: { email: before.email, role: before.role },
    };
  });
}

/** Takes an invitation back: its link is good for nothing any more. Throws `forbidden`, `not_found`, 409 `own_account`, `not_invited`. */
export async function withdrawInvitation(
  ctx: OperatorCtx,
  { id, reason }: OperatorReasonInput,
): Promise<AdminOperator> {
  return toOperator(ctx, id, async (tx, before) => {
    if (before.status !== 'invited') {
      throw conflict('not_invited', 'No invitation of this operator is open.');
    }
    const now = ctx.clock.now();
    await withdrawInvitations(tx, before.id, now);
    await tx.platformOperator.update({
      where: { id: before.id },
      data: { status: 'disabled', updatedAt: now },
    });
    return {
      action: 'operator.invitation_withdrawn',
      reason,
      before: { status: before.status },
      after: { status: 'disabled' },
    };
  });
}
