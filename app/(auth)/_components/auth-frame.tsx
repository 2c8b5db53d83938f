import Link from 'next/link';
import type { ReactNode } from 'react';
import { BrandMark } from '@/components/patterns/brand-mark';
import { BrandTheme } from '@/components/patterns/brand-theme';
import { TenantLogo } from '@/components/patterns/shell/tenant-logo';
import type { TenantLook } from './tenant-look';

type Props = {
  title: string;
  description?: ReactNode;
  /** Whose sign-in page it is; null for the product's own. */
  tenant?: TenantLook | null;
  /** Below the card: the other way. */
  footer?: ReactNode;
  children: ReactNode;
};

/** The page around a form of sign-up, sign-in and their relatives, in the tenant's look where there is one. */
export function AuthFrame({ title, description, tenant, footer, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-10 sm:justify-center">
      {tenant?.colours ? <BrandTheme colours={tenant.colours} /> : null}
      <main className="w-full max-w-[26rem]">
        <div className="mb-6 flex justify-center">
          {tenant ? (
            <TenantLogo tenant={tenant} />
          ) : (
            <Link
              href="/"
              className="flex items-center gap-2.5 rounded-md font-semibold text-md text-strong"
            >
              <BrandMark />
              NeoZork
            </Link>
          )}
        </div>
        <div className="rounded-lg border border-line bg-panel p-6 shadow-md sm:p-8">
          <h1 className="text-lg">{title}</h1>
          {description ? <p className="mt-1 text-base text-muted">{description}</p> : null}
          <div className="mt-6">{children}</div>
        </div>
        {footer ? <p className="mt-6 text-center text-base text-muted">{footer}</p> : null}
      </main>
    </div>
  );
}
