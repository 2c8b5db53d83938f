'use client';

import Link from 'next/link';
import { DateTime } from '../ui/figures';
import { formatBytes, formatQuantity } from '../ui/figure-format';
import { ProgressBar } from '../ui/progress';
import { useReader } from '../ui/use-reader';
import { useShellHref } from './shell/shell-context';

export interface QuotaMeterProps {
  /** "Back-tests this month". */
  label: string;
  used: number;
  /** null is unlimited. */
  limit: number | null;
  /** "calls"; `bytes` picks kB, MB, GB. */
  unit?: string;
  /** When the count starts anew, ISO 8601 UTC; null for limits that don't reset. */
  resetsAt?: string | null | undefined;
  /** When it will be used up at the present pace. */
  reachedAt?: string | null | undefined;
  /** The plan that lifts it; shown from 80 %. */
  upgradeTo?: { id: string; name: string } | null | undefined;
  upgradePath?: string;
  /** Places to fill, such as members: having filled them all is no fault. */
  places?: boolean;
}

/** How much of a limit is used, when it resets, and which plan lifts it. */
export function QuotaMeter(props: QuotaMeterProps) {
  const {
    label,
    used,
    limit,
    unit,
    resetsAt,
    reachedAt,
    upgradeTo,
    upgradePath = '/billing',
    places = false,
  } = props;
  const { locale } = useReader();
  const href = useShellHref();
  const write = (n: number) =>
    unit === 'bytes' ? formatBytes(n, { locale }) : formatQuantity(n, { locale });
  const share = limit === null ? 0 : limit === 0 ? 1 : used / limit;
  const tone = places || share < 0.8 ? 'accent' : share < 1 ? 'warning' : 'negative';
  const suffix = unit && unit !== 'bytes' ? ` ${unit}` : '';
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-base font-medium text-strong">{label}</span>
        <span className="figures text-sm text-muted">
          <span className="font-medium text-strong">{write(used)}</span>
          {limit === null ? `${suffix}, unlimited` : ` of ${write(limit)}${suffix}`}
        </span>
      </div>
      {limit === null ? null : <ProgressBar label={label} value={share} tone={tone} />}
      <p className="flex flex-wrap gap-x-3 text-sm text-muted empty:hidden">
        {share >= 1 && limit !== null ? (
          places ? (
            <span>All in use.</span>
          ) : (
            <span className="font-medium text-negative">Used up.</span>
          )
        ) : null}
        {resetsAt ? (
          <span>
            Resets <DateTime value={resetsAt} style="day-minute" />
          </span>
        ) : null}
        {reachedAt && share < 1 ? (
          <span>
            At this pace reached <DateTime value={reachedAt} style="day-minute" />
          </span>
        ) : null}
        {upgradeTo && share >= 0.8 ? (
          <Link
            href={`${href(upgradePath)}?plan=${encodeURIComponent(upgradeTo.id)}`}
            className="font-medium text-accent-text underline-offset-4 hover:underline"
          >
            {upgradeTo.name} lifts it
          </Link>
        ) : null}
      </p>
    </div>
  );
}
