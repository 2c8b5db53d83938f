import { queueMail } from '@/lib/domains/identity';
import type { Tx } from '@/lib/infra/db';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { consoleUrl } from '../console-url';
import { endAllOperatorSessions } from '../open-session';
import { forgetAuthenticator } from '../recovery-codes';
import { toOperator } from './hold-operators';
import { withdrawInvitations } from './invite-operator';
import type { AdminOperator, OperatorChangeInput, OperatorReasonInput } from './schemas';

const already = (status: string) =>
  conflict(`already_${status}`, `This operator is ${status} already.`);

const setStatus = (tx: Tx, id: string, status: 'active' | 'disabled', now: Date) =>
  tx.platformOperator.update({ where: { id }, data: { status, updatedAt: now } });

/**
 * Shuts an operator out: their sessions and an invitation that is open end at once. Throws `forbidden`, `not_found`, 409
 * `own_account`, `already_disabled`.
 */
export const disableOperator = (
  ctx: OperatorCtx,
  { id, reason }: OperatorReasonInput,
): Promise<AdminOperator> =>
  toOperator(ctx, id, async (tx, before) => {
    if (before.status === 'disabled') throw already('disabled');
    const now = ctx.clock.now();
    await setStatus(tx, before.id, 'disabled', now);
    await withdrawInvitations(tx, before.id, now);
    await endAllOperatorSessions(tx, ctx, before.id);
    return {
      action: 'operator.disabled',
      reason,
      before: { status: before.status },
      after: { status: 'disabled' },
    };
  });

/**
 * Lets an operator sign in again, with the password they had. Throws `forbidden`, `not_found`, 409 `own_account`,
 * `already_active`, `never_joined`.
 */
export const enableOperator = (
  ctx: OperatorCtx,
  { id, reason }: OperatorReasonInput,
): Promise<AdminOperator> =>
  toOperator(ctx, id, async (tx, before) => {
    if (before.status === 'active') throw already('active');
    if (before.passwordHash === null) {
      throw conflict(
        'never_joined',
        'This operator has no password. Send them a link to choose one.',
      );
    }
    await setStatus(tx, before.id, 'active', ctx.clock.now());
    // A session that began while it was being disabled must not come alive.
    await endAllOperatorSessions(tx, ctx, before.id);
    return {
      action: 'operator.enabled',
      reason,
      before: { status: before.status },
      after: { status: 'active' },
    };
  });

/**
 * Changes what another operator may (from their next request on), or whether a second factor is asked of them. Who has none
 * then sets one up before anything else. Throws `forbidden`, `not_found`, 409 `own_account`, `nothing_to_change`.
 */
export const changeOperator = (
  ctx: OperatorCtx,
  { id, reason, role, second_factor_required: required }: OperatorChangeInput,
): Promise<AdminOperator> =>
  toOperator(ctx, id, async (tx, row) => {
    const before = { role: row.role, second_factor_required: row.secondFactorRequired };
    const after = {
      role: role ?? row.role,
      second_factor_required: required ?? row.secondFactorRequired,
    };
    if (
      before.role === after.role &&
      before.second_factor_required === after.second_factor_required
    ) {
      throw conflict('nothing_to_change', 'This is how it is already.');
    }
    await tx.platformOperator.update({
      where: { id: row.id },
      data: {
        role: after.role,
        secondFactorRequired: after.second_factor_required,
        updatedAt: ctx.clock.now(),
      },
    });
    return {
      action: before.role === after.role ? 'operator.changed' : 'operator.role_changed',
      reason,
      before,
      after,
    };
  });

/**
 * Forgets the authenticator app and the recovery codes of a colleague who lost them, ends their sessions and tells them by mail.
 * Their password alone then leads to setting up another app where one is asked for. Throws `forbidden`,
 * `not_found`, 409 `own_account`, `no_second_factor`.
 */
export const forgetSecondFactor = (
  ctx: OperatorCtx,
  { id, reason }: OperatorReasonInput,
): Promise<AdminOperator> =>
  toOperator(ctx, id, async (tx, before) => {
    if (!before.totpConfirmedAt) {
      throw conflict('no_second_factor', 'This operator has no authenticator app set up.');
    }
    await forgetAuthenticator(tx, before.id, ctx.clock.now());
    await endAllOperatorSessions(tx, ctx, before.id);
    await queueMail(tx, null, {
      template: 'operator_notice',
      to: before.email,
      link: consoleUrl('/security'),
      news: 'second_factor_forgotten',
    });
    return {
      action: 'second_factor.forgotten',
      reason,
      before: { second_factor: true },
      after: { second_factor: false },
    };
  });
