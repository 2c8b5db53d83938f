import { cn } from './class-names';

/** A turning ring. `label` is announced; pass null where the surrounding text says it already. */
export function Spinner({
  label = 'Loading',
  className,
}: {
  label?: string | null;
  className?: string;
}) {
  return (
    <span
      role={label === null ? undefined : 'status'}
      aria-hidden={label === null || undefined}
      className="inline-flex"
    >
      <svg viewBox="0 0 16 16" className={cn('size-4 animate-spin', className)} aria-hidden="true">
        <circle
          cx="8"
          cy="8"
          r="6.5"
          fill="none"
          stroke="currentColor"
          strokeOpacity="0.25"
          strokeWidth="2"
        />
        <path
          d="M14.5 8A6.5 6.5 0 0 0 8 1.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
      {label === null ? null : <span className="sr-only">{label}</span>}
    </span>
  );
}
