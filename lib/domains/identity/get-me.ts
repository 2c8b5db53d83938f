import { listTenantsOf } from '@/lib/domains/tenancy';
import { publicId } from '@/lib/kernel/ids';
import { presentUser } from './present-user';
import type { SessionPrincipal } from './principal';
import { resolveMembership } from './resolve-membership';
import type { MeDto } from './schemas';

/** Who is signed in, in which tenant and role, and which tenants there are to choose from. */
export async function getMe(principal: SessionPrincipal): Promise<MeDto> {
  const { userId, tenantId } = principal;
  const { data: tenants } = await listTenantsOf(userId, { limit: 100 });
  const membership = tenantId ? await resolveMembership(userId, { tenantId }) : null;
  const tenant = membership
    ? tenants.find(({ id }) => id === publicId('tenant', membership.tenantId))
    : undefined;
  return {
    user: presentUser({ ...principal, id: userId }),
    tenant: tenant ?? null,
    role: membership?.role ?? null,
    tenants,
  };
}
