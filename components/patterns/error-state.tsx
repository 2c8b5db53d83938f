'use client';

import { RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { cn } from '../ui/class-names';
import { CopyButton } from '../ui/copy-button';

export interface ErrorStateProps {
  /** What did not work: "The strategies could not be loaded". */
  title: string;
  /** Why, as far as known, and what to do next. */
  children?: ReactNode;
  /** Tries again. */
  onRetry?: () => void;
  retrying?: boolean;
  /** The request id that support can look up. */
  reference?: string | null | undefined;
  secondary?: ReactNode;
  bare?: boolean;
  className?: string;
}

/** Something failed: what, why, what next, and a reference to quote. */
export function ErrorState({
  title,
  children,
  onRetry,
  retrying = false,
  reference,
  secondary,
  bare,
  className,
}: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn(
        'flex flex-col items-center px-6 py-12 text-center',
        !bare && 'rounded-lg border border-line bg-panel',
        className,
      )}
    >
      <span
        aria-hidden="true"
        className="mb-4 grid size-10 place-items-center rounded-lg bg-negative-subtle text-negative"
      >
        <TriangleAlert className="size-5" />
      </span>
      <h2 className="text-md">{title}</h2>
      <div className="mt-1 max-w-[46ch] text-base text-muted">
        {children ?? 'Nothing was lost. Try again; if it stays like this, write to support.'}
      </div>
      {onRetry || secondary ? (
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          {onRetry ? (
            <Button variant="secondary" icon={<RotateCw />} pending={retrying} onClick={onRetry}>
              Try again
            </Button>
          ) : null}
          {secondary}
        </div>
      ) : null}
      {reference ? (
        <p className="mt-4 inline-flex items-center gap-1 text-sm text-muted">
          Reference <code className="font-mono text-default">{reference}</code>
          <CopyButton text={reference} what="the reference" />
        </p>
      ) : null}
    </div>
  );
}
