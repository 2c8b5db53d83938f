import { recordAudit } from '@/lib/domains/audit';
import { allTenantsOf, type TenantDto } from '@/lib/domains/tenancy';
import { withTenant } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { lifetimes } from './limits';
import { openProgramSession } from './open-session';
import { presentUser } from './present-user';
import { type Person, provePassword, signInFailed, stillProven } from './prove-password';
import { resolveMembership } from './resolve-membership';
import type { LogInDto, LogInInput } from './schemas';
import { memberCtx } from './sign-in';

/** The tenant to work in: the one named, or the only one there is. */
async function chooseTenant(person: Person, named: string | undefined): Promise<TenantDto> {
  const tenants = await allTenantsOf(person.id);
  if (named !== undefined) {
    const slug = named.toLowerCase();
    const tenant = tenants.find(({ id, slug: own }) => id === named || own === slug);
    if (!tenant) throw signInFailed();
    return tenant;
  }
  const [only, ...others] = tenants;
  if (!only) throw signInFailed();
  if (others.length === 0) return only;
  throw conflict(
    'tenant_required',
    'You belong to several organisations. Name one of them as tenant_id.',
    { tenants: tenants.map(({ id, slug, name }) => ({ id, slug, name })) },
  );
}

/**
 * Signs a program in, in one tenant. Throws 401 `invalid_credentials` for every fault alike, 409
 * `tenant_required` (after the right password only), 429 `rate_limited`.
 */
export async function logIn(info: PublicCtx, input: LogInInput): Promise<LogInDto> {
  const { person, passwordHash } = await provePassword(info, input.username, input.password);
  const tenant = await chooseTenant(person, input.tenant_id);
  const membership = await resolveMembership(person.id, { slugOrId: tenant.id });
  if (!membership) throw signInFailed();
  const sessionId = newId(info.clock.now().getTime());
  const ctx = memberCtx(info, person, membership, { id: sessionId, via: 'token' });
  const session = await withTenant(ctx, async (tx) => {
    if (!(await stillProven(tx, person.id, passwordHash))) throw signInFailed();
    const { tenantId } = membership;
    const opened = await openProgramSession(tx, info, { userId: person.id, tenantId, sessionId });
    await recordAudit(tx, ctx, {
      action: 'session.started',
      object: { type: 'session', id: sessionId },
      after: { kind: 'program' },
    });
    return opened;
  });
  return {
    access_token: session.accessToken,
    token_type: 'Bearer',
    expires_in: lifetimes.accessToken / 1000,
    refresh_token: session.refreshToken,
    user: presentUser(person),
    tenant: presentable(tenant),
  };
}

/** Without what only the inside uses. */
function presentable(tenant: TenantDto): TenantDto {
  const { id, slug, name, status, tenant_type, dashboard_url, created_at } = tenant;
  return { id, slug, name, status, tenant_type, dashboard_url, created_at };
}
