'use client';

import { useCallback } from 'react';
import { AppShell, type AppShellProps } from '@/components/patterns/shell/app-shell';
import { toast } from '@/components/ui/toast';
import { signOut } from '@/lib/client/sign-out';
import { findByName } from './find-by-name';

type Props = Omit<AppShellProps, 'onSignOut' | 'onSearch' | 'profileHref'>;

/** The shell with what a browser does by itself. */
export function TenantShell(props: Props) {
  const { slug } = props.tenant;
  const leave = async () => {
    const failure = await signOut(slug);
    if (failure) toast.error(failure);
  };
  const search = useCallback((text: string) => findByName(slug, text), [slug]);
  return <AppShell {...props} profileHref="/account" onSignOut={leave} onSearch={search} />;
}
