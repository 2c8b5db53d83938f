import { appSql } from '@/lib/infra/db';
import type { Role } from '@/lib/kernel/access';
import { systemClock } from '@/lib/kernel/clock';
import { parsePublicId } from '@/lib/kernel/ids';
import { lifetimes } from './limits';
import type { MembershipInfo } from './principal';
import { cachedMembership, rememberMembership } from './session-cache';

export type TenantSelector = { tenantId: string } | { slugOrId: string };

type Row = {
  tenant_id: string;
  slug: string;
  name: string;
  role: Role;
  tenant_status: string;
  last_seen_at: Date | null;
};

/** The tenant's UUID, or else what must be its slug. */
function criteria(selector: TenantSelector): [tenantId: string | null, slug: string | null] {
  if ('tenantId' in selector) return [selector.tenantId, null];
  const tenantId = parsePublicId('tenant', selector.slugOrId);
  return tenantId ? [tenantId, null] : [null, selector.slugOrId.toLowerCase()];
}

/** A person's active membership in one tenant, or null: no such tenant and no membership look alike. */
export async function resolveMembership(
  userId: string,
  selector: TenantSelector,
): Promise<MembershipInfo | null> {
  const [tenantId, slug] = criteria(selector);
  const key = `${userId} ${tenantId ?? slug}`;
  const cached = cachedMembership(key);
  if (cached) return cached;
  const found = await appSql<Row>(
    'identity.membership',
    'SELECT * FROM door.membership_of($1, $2, $3)',
    [userId, tenantId, slug],
  );
  const [row] = found.rows;
  if (!row) return null;
  await noteSeen(userId, row);
  const membership: MembershipInfo = {
    tenantId: row.tenant_id,
    slug: row.slug,
    name: row.name,
    role: row.role,
    tenantStatus: row.tenant_status,
  };
  rememberMembership(key, membership);
  return membership;
}

/** "Last seen" is what members read of each other; to five minutes is enough. */
async function noteSeen(userId: string, row: Row): Promise<void> {
  const now = systemClock.now();
  if (row.last_seen_at && now.getTime() - row.last_seen_at.getTime() < lifetimes.touch) return;
  await appSql('identity.touch_membership', 'SELECT door.touch_membership($1, $2, $3)', [
    userId,
    row.tenant_id,
    now,
  ]);
}
