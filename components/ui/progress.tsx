import { cn } from './class-names';
import type { Tone } from './badge';

const fills: Record<Tone, string> = {
  neutral: 'bg-control',
  accent: 'bg-accent',
  positive: 'bg-positive-fill',
  negative: 'bg-negative-fill',
  warning: 'bg-warning-fill',
  info: 'bg-info-fill',
};

const strokes: Record<Tone, string> = {
  neutral: 'stroke-control',
  accent: 'stroke-accent',
  positive: 'stroke-positive-fill',
  negative: 'stroke-negative-fill',
  warning: 'stroke-warning-fill',
  info: 'stroke-info-fill',
};

interface ProgressProps {
  /** What is in progress, for screen readers. */
  label: string;
  /** 0…1; null while the end isn't known. */
  value: number | null;
  tone?: Tone;
  className?: string;
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** A bar that fills from the left. */
export function ProgressBar({ label, value, tone = 'accent', className }: ProgressProps) {
  const percent = value === null ? undefined : Math.round(clamp(value) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-raised', className)}
    >
      <div
        className={cn(
          'h-full rounded-full transition-[width] duration-240 ease-settle',
          fills[tone],
          value === null && 'w-1/3 animate-pulse-slow',
        )}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}

/** A ring that closes; `size` in px. */
export function ProgressRing({
  label,
  value,
  tone = 'accent',
  size = 20,
  className,
}: ProgressProps & { size?: number }) {
  const radius = 8;
  const around = 2 * Math.PI * radius;
  const share = value === null ? 0.25 : clamp(value);
  return (
    <svg
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : Math.round(share * 100)}
      viewBox="0 0 20 20"
      width={size}
      height={size}
      className={cn('shrink-0 -rotate-90', value === null && 'animate-spin', className)}
    >
      <circle
        cx="10"
        cy="10"
        r={radius}
        fill="none"
        strokeWidth="2.5"
        className="stroke-current opacity-20"
      />
      <circle
        cx="10"
        cy="10"
        r={radius}
        fill="none"
        strokeWidth="2.5"
        // A round cap would draw a dot where there is nothing yet.
        strokeLinecap={share > 0 ? 'round' : 'butt'}
        strokeDasharray={`${around * share} ${around}`}
        className={cn('transition-[stroke-dasharray] duration-240', strokes[tone])}
      />
    </svg>
  );
}
