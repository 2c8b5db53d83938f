'use client';

import { useCallback } from 'react';
import { AppShell, type AppShellProps } from '@/components/patterns/shell/app-shell';
import { toast } from '@/components/ui/toast';
import { signOutAction } from './actions';
import { findByName } from './find-by-name';

/** The shell with what a browser does by itself: leaving ends in a full load, so that no page stays in memory. */
export function TenantShell(props: Omit<AppShellProps, 'onSignOut' | 'onSearch'>) {
  const leave = async () => {
    const outcome = await signOutAction(null, new FormData());
    if (outcome.ok || outcome.problem.status === 401) window.location.assign('/sign-in');
    else toast.error(outcome.problem.detail);
  };
  const { slug } = props.tenant;
  const search = useCallback((text: string) => findByName(slug, text), [slug]);
  return <AppShell {...props} onSignOut={leave} onSearch={search} />;
}
