import type { ReactNode } from 'react';

/** Subjects at the left, what is to be said of each at the right. */
export function Statements({ children }: { children: ReactNode }) {
  return <div className="border-line border-b">{children}</div>;
}

export function Statement({
  title,
  level = 2,
  children,
}: {
  title: string;
  /** Heading level in the page's outline. */
  level?: 2 | 3;
  children: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <section className="grid gap-x-12 gap-y-2 border-line border-t py-7 lg:grid-cols-[1fr_2fr]">
      <Heading className="text-md">{title}</Heading>
      <div className="max-w-reading text-md leading-7 [&_a]:text-accent-text [&_a]:underline [&_a]:underline-offset-4">
        {children}
      </div>
    </section>
  );
}
