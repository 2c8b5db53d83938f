'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { useTenantEvents } from '@/lib/client/use-tenant-events';

/** One change comes as several messages; they are answered together. */
const SETTLE_MS = 250;

/** Reads the page anew whenever plan, invoices or rights change, whoever changed them. */
export function LiveRefresh() {
  const tenant = useShellTenant();
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  useTenantEvents(tenant, ['subscription', 'invoice', 'entitlements'], () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => router.refresh(), SETTLE_MS);
  });
  return null;
}
