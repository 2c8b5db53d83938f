import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { presentMember, readMembers } from './member-store';
import type { ListQuery, MemberPage } from './schemas';

/** Members and those invited, newest first. Throws `forbidden` without `members:read`. */
export async function listMembers(ctx: Ctx, query: ListQuery): Promise<MemberPage> {
  authorise(ctx, 'members:read');
  const older = olderThan('membership', query.cursor);
  const rows = await withTenant(ctx, (tx) => readMembers(tx, ctx, older, query.limit + 1));
  return toPage(rows, query.limit, presentMember, cursorById('membership'));
}
