import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Card } from '../ui/card';
import { cn } from '../ui/class-names';
import { ProgressRing } from '../ui/progress';

export interface ChecklistStep {
  id: string;
  /** A verb and its object: "Run a back-test". */
  title: string;
  /** Why, in a sentence. */
  description: string;
  done: boolean;
  /** Where it is done (complete href). */
  href: string;
}

/** The first steps, in order; the next one is open, the done ones are struck off. */
export function Checklist({
  title = 'Get started',
  steps,
  dismiss,
  className,
}: {
  title?: string;
  steps: readonly ChecklistStep[];
  /** A button that hides it for good. */
  dismiss?: ReactNode;
  className?: string;
}) {
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done);
  return (
    <Card className={className}>
      <header className="flex items-center gap-3 border-b border-line px-5 py-3.5">
        <ProgressRing
          label="Steps done"
          value={steps.length === 0 ? 1 : done / steps.length}
          size={24}
        />
        <h2 className="flex-1 text-base">{title}</h2>
        <span className="figures text-sm text-muted">
          {done} of {steps.length}
        </span>
        {dismiss}
      </header>
      <ol>
        {steps.map((step, index) => (
          <li key={step.id} className="border-b border-line last:border-0">
            <Link
              href={step.href}
              aria-current={step === next ? 'step' : undefined}
              className="flex gap-3.5 px-5 py-3 transition-colors hover:bg-raised/60 focus-visible:outline-offset-[-2px]"
            >
              <span
                className={cn(
                  'figures mt-0.5 grid size-5 shrink-0 place-items-center rounded-full text-xs font-medium',
                  step.done && 'bg-positive-subtle text-positive',
                  !step.done && step === next && 'bg-accent text-on-accent',
                  !step.done && step !== next && 'border border-line-strong text-muted',
                )}
              >
                {step.done ? (
                  <Check aria-label="Done" className="size-3" strokeWidth={3} />
                ) : (
                  index + 1
                )}
              </span>
              <span className="min-w-0">
                <span
                  className={cn(
                    'block text-base',
                    step.done ? 'text-muted line-through' : 'font-medium text-strong',
                  )}
                >
                  {step.title}
                </span>
                {step.done ? null : (
                  <span className="block text-sm text-muted">{step.description}</span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
