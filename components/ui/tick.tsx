import { Check } from 'lucide-react';
import { cn } from './class-names';

/** Before what is included. Drawn, for not every font has the sign; screen readers get the words beside it. */
export function Tick({ className }: { className?: string }) {
  return (
    <Check
      aria-hidden="true"
      className={cn('mt-[0.2em] size-4 shrink-0 text-positive', className)}
    />
  );
}
