import { openSandbox } from '@/lib/domains/billing';
import { presentTenant } from '@/lib/domains/tenancy';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { foundTenant } from './found-tenant';
import type { CreateTenantInput, NewTenantDto } from './schemas';

/**
 * Makes a tenant for a caller without a credential. The answer is of one form whether or not the
 * address was known. `setup.token` can read the tenant and create its first subscription. Throws what
 * `foundTenant` throws, and 409 `sandbox_unavailable`.
 */
export async function createTenant(
  info: PublicCtx,
  input: CreateTenantInput,
): Promise<NewTenantDto> {
  const sandbox = input.sandbox ? await openSandbox(info, input.sandbox) : null;
  const { tenant, setup } = await foundTenant(info, {
    organisation: input.name,
    type: input.tenant_type,
    slug: input.slug,
    email: input.email,
    personName: '',
    password: input.password,
    browser: false,
    sandbox,
  });
  return {
    ...presentTenant(tenant),
    setup: { token: setup.token, expires_at: setup.expiresAt.toISOString() },
  };
}
