'use client';

import './globals.css';

/** The last net: the frame of the page itself failed, so it brings its own. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex min-h-dvh max-w-form flex-col justify-center px-6 py-16">
          <h1 className="text-xl">The page could not be shown</h1>
          <p className="mt-2 text-lead text-muted">
            Something failed on our side. Nothing you saved is lost.
            {error.digest ? ` If it stays like this, quote ${error.digest}.` : ''}
          </p>
          <button
            type="button"
            onClick={reset}
            className="mt-6 h-9 self-start rounded-md bg-accent px-4 text-on-accent"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
