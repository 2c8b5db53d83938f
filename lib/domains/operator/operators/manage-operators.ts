import { hashPassword } from '@/lib/domains/identity';
import { randomToken } from '@/lib/infra/crypto';
import { Prisma, type Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, forbidden, invalidField, notFound } from '@/lib/kernel/errors';
import { newId, parsePublicId, publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { withOperator } from '../platform-audit';
import {
  type AddedOperator,
  type AdminOperator,
  type AdminOperatorPage,
  type AdminOperatorQuery,
  adminOperator,
  type OperatorAddBody,
  type OperatorStatusInput,
} from './schemas';

type Row = Awaited<ReturnType<Tx['platformOperator']['findUniqueOrThrow']>>;

const present = (row: Row): AdminOperator =>
  adminOperator.parse({
    id: publicId('operator', row.id),
    email: row.email,
    name: row.name,
    role: row.role,
    status: row.status,
    second_factor: row.totpConfirmedAt !== null,
    created_at: row.createdAt.toISOString(),
  });

/**
 * Holds the rows of who acts and of whom it is about, always in the same order, and looks again whether who acts
 * still may: of two admins who disable each other the second is refused. As nobody changes themselves, whoever
 * changed somebody is an active admin still, so that there is always one.
 */
async function holdOperators(tx: Tx, ctx: OperatorCtx, about: readonly string[]): Promise<void> {
  const ids = [ctx.actor.operatorId, ...about].map((id) => Prisma.sql`${id}::uuid`);
  await tx.$queryRaw`
    SELECT id FROM platform_operator WHERE id IN (${Prisma.join(ids)}) ORDER BY id FOR UPDATE`;
  const actor = await tx.platformOperator.findUnique({ where: { id: ctx.actor.operatorId } });
  if (actor?.status === 'active' && actor.role === 'admin') return;
  throw forbidden('You are no administrator of the platform any more.');
}

/** Everybody who has or had an account at the console, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listOperators(
  ctx: OperatorCtx,
  { limit, cursor }: AdminOperatorQuery,
): Promise<AdminOperatorPage> {
  authoriseOperator(ctx, 'operators:write');
  const where = olderThan('operator', cursor);
  return withOperator(ctx, async (tx) => {
    const rows = await tx.platformOperator.findMany({
      where,
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    return {
      result: toPage(rows, limit, present, cursorById('operator')),
      entry: { action: 'operators.listed', object: { type: 'platform', id: 'all' } },
    };
  });
}

/**
 * Makes an account with a password made up, which only the answer holds. Throws `forbidden`, 422 `email_taken`
 * (one that is disabled keeps its address).
 */
export async function addOperator(ctx: OperatorCtx, body: OperatorAddBody): Promise<AddedOperator> {
  authoriseOperator(ctx, 'operators:write');
  const password = randomToken(18);
  const passwordHash = await hashPassword(password);
  const now = ctx.clock.now();
  const id = newId(now.getTime());
  return withOperator(ctx, async (tx) => {
    await holdOperators(tx, ctx, []);
    const { count } = await tx.platformOperator.createMany({
      data: [{ id, ...body, passwordHash, createdAt: now, updatedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) {
      throw invalidField('email', 'email_taken', 'An operator has this address already.');
    }
    const row = await tx.platformOperator.findUniqueOrThrow({ where: { id } });
    return {
      result: { ...present(row), initial_password: password },
      entry: {
        action: 'operator.added',
        object: { type: 'operator', id },
        after: { email: body.email, role: body.role },
      },
    };
  });
}

async function setStatus(
  ctx: OperatorCtx,
  { id, reason }: OperatorStatusInput,
  status: AdminOperator['status'],
): Promise<AdminOperator> {
  authoriseOperator(ctx, 'operators:write');
  const operatorId = parsePublicId('operator', id);
  if (!operatorId) throw notFound('operator');
  if (operatorId === ctx.actor.operatorId) {
    throw conflict('own_account', 'This is your own account. Another administrator can do that.');
  }
  const now = ctx.clock.now();
  return withOperator(ctx, async (tx) => {
    await holdOperators(tx, ctx, [operatorId]);
    const before = await tx.platformOperator.findUnique({ where: { id: operatorId } });
    if (!before) throw notFound('operator');
    if (before.status === status) {
      throw conflict(`already_${status}`, `This operator is ${status} already.`);
    }
    const row = await tx.platformOperator.update({
      where: { id: operatorId },
      data: { status, updatedAt: now },
    });
    // Also when it is enabled: a session that began while it was being disabled must not come alive.
    await tx.operatorSession.updateMany({
      where: { operatorId, revokedAt: null },
      data: { revokedAt: now },
    });
    return {
      result: present(row),
      entry: {
        action: status === 'active' ? 'operator.enabled' : 'operator.disabled',
        object: { type: 'operator', id: operatorId },
        reason,
        before: { status: before.status },
        after: { status },
      },
    };
  });
}

/** Shuts an operator out and ends their sessions at once. Throws `forbidden`, `not_found`, 409 `own_account`, `already_disabled`. */
export const disableOperator = (ctx: OperatorCtx, input: OperatorStatusInput) =>
  setStatus(ctx, input, 'disabled');

/** Lets an operator sign in again, with the password they had. Throws `forbidden`, `not_found`, 409 `own_account`, `already_active`. */
export const enableOperator = (ctx: OperatorCtx, input: OperatorStatusInput) =>
  setStatus(ctx, input, 'active');
