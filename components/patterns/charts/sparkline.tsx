import { cn } from '../../ui/class-names';
import { sparkPath } from './spark-path';

/** The course of a figure, without axes. `label` says it in words: "Calls a day, rising from 120 to 480". */
export function Sparkline({
  values,
  label,
  className,
}: {
  values: readonly number[];
  label: string;
  className?: string;
}) {
  const { line, area } = sparkPath(values, 100, 32);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 32"
      preserveAspectRatio="none"
      className={cn('size-full text-chart-1', className)}
    >
      <path d={area} fill="currentColor" opacity="0.12" />
      <path
        d={line}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
