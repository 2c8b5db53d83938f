import type { ReactNode } from 'react';

/** A chapter of the design page. */
export function Chapter({
  title,
  note,
  children,
}: {
  title: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-5">
      <header className="border-b border-line pb-2">
        <h2 className="text-lg">{title}</h2>
        {note ? <p className="text-muted">{note}</p> : null}
      </header>
      {children}
    </section>
  );
}

/** A row of specimens with its name. */
export function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid items-center gap-2 sm:grid-cols-[9rem_1fr]">
      <p className="text-sm text-muted">{name}</p>
      <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}
