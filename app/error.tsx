'use client';

import { ErrorState } from '@/components/patterns/error-state';

/** A page that failed while it was made. What went wrong is in the log, under the reference. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-form flex-col justify-center px-4 py-16">
      <ErrorState
        title="This page could not be shown"
        onRetry={reset}
        reference={error.digest ?? null}
      >
        Something failed on our side. Nothing you saved is lost; try again, and if it stays like
        this, quote the reference.
      </ErrorState>
    </main>
  );
}
