'use client';

/**
 * A page that failed while it was made. What went wrong is in the log, under the reference. Every page carries this
 * code, so it brings no components along.
 */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-form flex-col justify-center px-6 py-16">
      <div role="alert">
        <h1 className="text-xl">This page could not be shown</h1>
        <p className="mt-2 text-lead text-muted">
          Something failed on our side. Nothing you saved is lost; try again, and if it stays like
          this, quote the reference.
        </p>
        {error.digest ? (
          <p className="mt-2 text-base text-muted">
            Reference <code className="font-mono text-strong">{error.digest}</code>
          </p>
        ) : null}
      </div>
      <div className="mt-6 flex gap-3">
        <button
          type="button"
          onClick={reset}
          className="h-9 rounded-md bg-accent px-4 font-medium text-on-accent hover:bg-accent-hover"
        >
          Try again
        </button>
        {/* A full load on purpose: whatever state broke is left behind. */}
        <a
          href="/"
          className="inline-flex h-9 items-center rounded-md px-4 font-medium text-default hover:bg-raised"
        >
          Go to the start
        </a>
      </div>
    </main>
  );
}
