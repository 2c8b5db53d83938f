'use client';

import { AppShell, type AppShellProps } from '@/components/patterns/shell/app-shell';
import { toast } from '@/components/ui/toast';
import { signOutAction } from './actions';

/** The shell with what a browser does by itself: leaving ends in a full load, so that no page stays in memory. */
export function TenantShell(props: Omit<AppShellProps, 'onSignOut'>) {
  const leave = async () => {
    const outcome = await signOutAction(null, new FormData());
    if (outcome.ok || outcome.problem.status === 401) window.location.assign('/sign-in');
    else toast.error(outcome.problem.detail);
  };
  return <AppShell {...props} onSignOut={leave} />;
}
