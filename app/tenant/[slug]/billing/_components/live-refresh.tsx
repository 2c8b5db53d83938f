'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { useTenantEvents } from '@/lib/client/use-tenant-events';

/** One change comes as several messages; they are answered together. */
const SETTLE_MS = 250;

/**
 * Reads the page anew whenever plan, invoices or rights change, whoever changed them, and when somebody comes back to
 * its tab: messages don't reach a tab that sleeps, nor an organisation that is suspended until it has paid in another tab.
 */
export function LiveRefresh() {
  const tenant = useShellTenant();
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const refreshSoon = useCallback(() => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => router.refresh(), SETTLE_MS);
  }, [router]);
  useEffect(() => {
    const comeBack = () => {
      if (document.visibilityState === 'visible') refreshSoon();
    };
    const goBack = ({ persisted }: PageTransitionEvent) => {
      if (persisted) refreshSoon();
    };
    document.addEventListener('visibilitychange', comeBack);
    window.addEventListener('pageshow', goBack);
    return () => {
      document.removeEventListener('visibilitychange', comeBack);
      window.removeEventListener('pageshow', goBack);
      if (timer.current) clearTimeout(timer.current);
    };
  }, [refreshSoon]);
  useTenantEvents(tenant, ['subscription', 'invoice', 'entitlements'], refreshSoon);
  return null;
}
