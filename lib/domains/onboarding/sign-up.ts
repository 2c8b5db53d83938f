import type { BrowserSession } from '@/lib/domains/identity';
import { presentTenant, type TenantDto } from '@/lib/domains/tenancy';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { foundTenant } from './found-tenant';
import type { SignUpInput } from './schemas';

export type SignedUp =
  | { outcome: 'signed_in'; tenant: TenantDto; session: BrowserSession }
  /** The address had an account: its owner must confirm by the mailed link. */
  | { outcome: 'confirm_by_mail'; tenant: TenantDto };

/**
 * Signs up from a browser: person, tenant, ownership, trial and session in one transaction. The session
 * is the root host's; hand it over to the tenant's.
 */
export async function signUp(info: PublicCtx, input: SignUpInput): Promise<SignedUp> {
  const { tenant: row, session } = await foundTenant(info, {
    organisation: input.organisation,
    type: input.tenantType,
    slug: input.slug,
    email: input.email,
    personName: input.name ?? '',
    password: input.password,
    browser: true,
  });
  const tenant = presentTenant(row);
  return session
    ? { outcome: 'signed_in', tenant, session }
    : { outcome: 'confirm_by_mail', tenant };
}
