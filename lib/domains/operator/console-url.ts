import { dashboardUrl } from '@/lib/domains/tenancy';

/** Slug of the host where operators sign in. */
const ADMIN = 'admin';

/** A page of the console, for links in mails; `path` is below `/admin`. */
export const consoleUrl = (path: string): string => `${dashboardUrl(ADMIN)}/admin${path}`;
