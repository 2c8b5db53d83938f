'use client';

import Link from 'next/link';
import { formatQuantity } from '../../ui/figure-format';
import { ProgressRing } from '../../ui/progress';
import { useReader } from '../../ui/use-reader';
import { useLiveCounter } from '@/lib/client/use-live-counter';
import { useShellHref, useShellTenant } from './shell-context';
import type { ShellUsage } from './shell-types';

/** The meter that matters most, always in sight and moving as it is used; leads to the whole story. */
export function UsageRing({ usage }: { usage: ShellUsage }) {
  const { locale } = useReader();
  const href = useShellHref();
  const counter = useLiveCounter(useShellTenant(), usage.meter ?? null, usage, usage.asOf);
  const share = counter.limit === null ? 0 : counter.limit === 0 ? 1 : counter.used / counter.limit;
  const tone = share >= 1 ? 'negative' : share >= 0.8 ? 'warning' : 'accent';
  const used = formatQuantity(counter.used, { locale, short: true });
  const limit =
    counter.limit === null ? 'unlimited' : formatQuantity(counter.limit, { locale, short: true });
  return (
    <Link
      href={href(usage.href)}
      className="flex items-center gap-2.5 rounded-md p-2 text-rail-text transition-colors hover:bg-rail-active"
    >
      <ProgressRing label={usage.label} value={share} tone={tone} size={24} />
      <span className="min-w-0 flex-1">
        <span className="figures block truncate text-sm font-medium">
          {used} <span className="font-normal text-rail-muted">of {limit}</span>
        </span>
        <span className="block truncate text-xs text-rail-muted">{usage.label}</span>
      </span>
    </Link>
  );
}
