import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { presentMember, readMember } from './member-store';
import type { MemberDto } from './schemas';

/** One member or invitation of the tenant. Throws `not_found`, `forbidden`. */
export async function getMember(ctx: Ctx, memberId: string): Promise<MemberDto> {
  authorise(ctx, 'members:read');
  return presentMember(await withTenant(ctx, (tx) => readMember(tx, ctx, memberId)));
}
