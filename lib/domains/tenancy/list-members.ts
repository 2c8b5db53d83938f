import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { presentMember, readMembers } from './member-store';
import type { ListQuery, MemberPage } from './schemas';

/** Members and those invited, newest first. Throws `forbidden` without `members:read`. */
export async function listMembers(ctx: Ctx, query: ListQuery): Promise<MemberPage> {
  authorise(ctx, 'members:read');
  const before = query.cursor === undefined ? null : parsePublicId('membership', query.cursor);
  if (query.cursor !== undefined && before === null) {
    throw invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');
  }
  const rows = await withTenant(ctx, (tx) => readMembers(tx, ctx, before, query.limit + 1));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map(presentMember),
    next_cursor: rows.length > query.limit && last ? publicId('membership', last.id) : null,
  };
}
