import { withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { forgetPerson } from './end-session';
import { getMe } from './get-me';
import type { SessionPrincipal } from './principal';
import type { MeDto, UpdateMeInput } from './schemas';

/** Changes what the person is called, in every organisation of theirs. */
export async function updateMe(
  info: PublicCtx,
  principal: SessionPrincipal,
  { name }: UpdateMeInput,
): Promise<MeDto> {
  const { userId } = principal;
  await withUser(userId, (tx) =>
    tx.user.update({ where: { id: userId }, data: { name, updatedAt: info.clock.now() } }),
  );
  // The name travels with the remembered session.
  forgetPerson(userId);
  return getMe({ ...principal, name });
}
