import { createHandover } from '@/lib/domains/identity';
import { dashboardUrl, findPublicTenant } from '@/lib/domains/tenancy';
import { isDomainError } from '@/lib/kernel/errors';
import { TENANT_HEADER } from '@/lib/transport/authenticate';
import { browserPerson } from '@/lib/transport/browser-session';
import { requestInfo } from '@/lib/transport/request-info';
import { safePath } from '@/lib/transport/safe-path';
import { seeOther } from '@/lib/transport/see-other';

/**
 * The root host's part: whoever is signed in here, and belongs to the tenant, goes back with a code.
 * Everybody else goes to the tenant's own way in.
 */
export async function GET(request: Request): Promise<Response> {
  const { headers } = request;
  if (headers.get(TENANT_HEADER)) return seeOther('/handover/start');
  const { searchParams } = new URL(request.url);
  const slug = searchParams.get('tenant') ?? '';
  const browserHash = searchParams.get('browser') ?? '';
  const next = safePath(searchParams.get('next'));
  const info = requestInfo(headers);
  const person = await browserPerson(headers, info.clock.now());
  try {
    if (person) {
      const { url } = await createHandover(info, person, { slug, browserHash, next });
      return seeOther(url);
    }
  } catch (error) {
    if (!isDomainError(error)) throw error;
  }
  const tenant = await findPublicTenant(slug);
  if (!tenant) return seeOther('/workspaces');
  const query = next === '/' ? '' : `?next=${encodeURIComponent(next)}`;
  return seeOther(`${dashboardUrl(tenant.slug)}/sign-in${query}`);
}
