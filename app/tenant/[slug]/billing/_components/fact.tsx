import type { ReactNode } from 'react';

/** One fact of a `dl`: its name above what it is. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="break-words text-base text-strong">{children}</dd>
    </div>
  );
}
