import type { Tx } from '@/lib/infra/db';
import { actingUserId, type Ctx } from '@/lib/kernel/ctx';
import { DomainError, forbidden } from '@/lib/kernel/errors';

/**
 * The person who acts, themselves or through their key, with an address that proved to be theirs.
 * Until then they send no invitations and put no mark of theirs on pages and mails. `then` ends the
 * sentence "Then you can …". Throws 403 `email_not_verified`.
 */
export async function requireVerified(
  tx: Tx,
  ctx: Ctx,
  then: string,
): Promise<{ id: string; name: string }> {
  const id = actingUserId(ctx);
  const person = id ? await tx.user.findUnique({ where: { id } }) : null;
  if (!person) throw forbidden('Only members can do this.');
  if (!person.emailVerifiedAt) {
    throw new DomainError(
      'forbidden',
      'email_not_verified',
      `Confirm your own e-mail address first; the link was mailed to you. Then you can ${then}.`,
    );
  }
  return { id: person.id, name: person.name || person.email };
}
