import { Avatar } from '../../ui/avatar';
import type { ShellTenant } from './shell-types';

/** The tenant's logo in either theme, or its initials. Decorative: the name stands beside it. */
export function TenantLogo({ tenant }: { tenant: ShellTenant }) {
  if (!tenant.logoUrl) return <Avatar name={tenant.name} shape="square" size="sm" />;
  const dark = tenant.logoDarkUrl ?? tenant.logoUrl;
  const look = 'h-6 max-w-24 shrink-0 rounded-sm object-contain';
  return (
    <>
      <img src={tenant.logoUrl} alt="" className={`${look} dark:hidden`} />
      <img src={dark} alt="" className={`${look} hidden dark:block`} />
    </>
  );
}
