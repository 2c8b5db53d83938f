'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from './class-names';
import {
  formatBytes,
  formatMoney,
  formatPercent,
  formatQuantity,
  formatRelative,
  formatTime,
  formatUtc,
  type TimeStyle,
} from './figure-format';
import { useReader } from './use-reader';

/** What stands where a figure is undefined. */
const NONE = <span className="text-faint">–</span>;

/** Minor units and currency, as money travels everywhere: `{ amount: 4900, currency: 'usd' }`. */
export function Money({
  value,
  whole = false,
  signed = false,
  className,
}: {
  value: { amount: number; currency: string } | null;
  /** "$49" instead of "$49.00" where nothing is lost. */
  whole?: boolean;
  signed?: boolean;
  className?: string;
}) {
  const { locale } = useReader();
  if (!value) return NONE;
  const text = formatMoney(value.amount, value.currency, { locale, whole, signed });
  return (
    <span
      className={cn('figures whitespace-nowrap', className)}
      title={`${text} ${value.currency.toUpperCase()}`}
    >
      {text}
    </span>
  );
}

/** A count or amount with its unit. Shortened from 10,000 with `short`; the full value on hover. */
export function Quantity({
  value,
  unit,
  short = false,
  digits = 2,
  fixed = false,
  className,
}: {
  value: number | null;
  /** "calls", "bars"; `bytes` picks kB, MB, GB by itself. */
  unit?: string;
  short?: boolean;
  digits?: number;
  /** All digits, also zeros: for columns of amounts. */
  fixed?: boolean;
  className?: string;
}) {
  const { locale } = useReader();
  if (value === null) return NONE;
  const bytes = unit === 'bytes';
  const text = bytes
    ? formatBytes(value, { locale })
    : formatQuantity(value, { locale, short, digits, fixed });
  return (
    <span
      className={cn('figures whitespace-nowrap', className)}
      title={`${formatQuantity(value, { locale, digits: 6 })}${unit ? ` ${unit}` : ''}`}
    >
      {text}
      {unit && !bytes ? <span className="ml-1 text-muted">{unit}</span> : null}
    </span>
  );
}

/** Percent as API.md gives it: 12.3 means 12.3 %. `signed` adds plus, minus and the tone of gain or loss. */
export function Percent({
  value,
  digits = 2,
  signed = false,
  className,
}: {
  value: number | null;
  digits?: number;
  signed?: boolean;
  className?: string;
}) {
  const { locale } = useReader();
  if (value === null) return NONE;
  const tone = signed && value !== 0 ? (value > 0 ? 'text-positive' : 'text-negative') : undefined;
  return (
    <span
      className={cn('figures whitespace-nowrap', tone, className)}
      title={`${formatQuantity(value, { locale, digits: 6 })}%`}
    >
      {formatPercent(value, { locale, digits, signed })}
    </span>
  );
}

/** A change against a named period: arrow, sign and words, never colour alone. */
export function Delta({
  percent,
  against,
  lessIsBetter = false,
  digits = 1,
  className,
}: {
  percent: number | null;
  /** "last month", "buy and hold". */
  against: string;
  lessIsBetter?: boolean;
  digits?: number;
  className?: string;
}) {
  const { locale } = useReader();
  if (percent === null) return NONE;
  const good = lessIsBetter ? percent < 0 : percent > 0;
  const tone = percent === 0 ? 'text-muted' : good ? 'text-positive' : 'text-negative';
  const Arrow = percent > 0 ? ArrowUp : ArrowDown;
  return (
    <span
      className={cn('figures inline-flex items-center gap-1 whitespace-nowrap text-sm', className)}
    >
      <span className={cn('inline-flex items-center gap-0.5 font-medium', tone)}>
        {percent === 0 ? null : <Arrow aria-hidden="true" className="size-3.5" />}
        {formatPercent(percent, { locale, digits, signed: true })}
      </span>
      <span className="text-muted">vs {against}</span>
    </span>
  );
}

/** An instant in the reader's zone and language; UTC on hover. `relative` says "in 3 days" instead. */
export function DateTime({
  value,
  style = 'minute',
  relative = false,
  className,
}: {
  /** ISO 8601 UTC. */
  value: string | null;
  style?: TimeStyle;
  relative?: boolean;
  className?: string;
}) {
  const reader = useReader();
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    if (!relative) return undefined;
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, [relative]);
  if (value === null) return NONE;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return NONE;
  return (
    <time
      dateTime={value}
      title={formatUtc(at)}
      className={cn('figures whitespace-nowrap', className)}
    >
      {relative && now ? formatRelative(at, now, reader.locale) : formatTime(at, style, reader)}
    </time>
  );
}
