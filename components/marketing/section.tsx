import type { ReactNode } from 'react';
import { cn } from '../ui/class-names';

/** A chapter of a public page: heading and lead at the left, substance at the right or below. */
export function Section({
  title,
  lead,
  aside,
  id,
  className,
  children,
}: {
  title: string;
  lead?: ReactNode;
  /** Under the lead: a link, a note. */
  aside?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section id={id} className={cn('mx-auto max-w-page px-4 pt-20 sm:px-6 sm:pt-28', className)}>
      <div className="max-w-reading">
        <h2 className="text-xl">{title}</h2>
        {lead ? <p className="mt-3 text-lead text-muted">{lead}</p> : null}
        {aside ? <div className="mt-4">{aside}</div> : null}
      </div>
      <div className="mt-8">{children}</div>
    </section>
  );
}

/** Head of a page below the landing page. */
export function PageIntro({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className="mx-auto max-w-page px-4 pt-14 sm:px-6 sm:pt-20">
      <h1 className="max-w-[20ch] text-2xl">{title}</h1>
      <div className="mt-4 max-w-[60ch] text-lead text-muted">{children}</div>
    </header>
  );
}

/** Running text: legal pages, explanations. */
export function Prose({ children }: { children: ReactNode }) {
  return (
    <div className="max-w-reading text-md leading-7 [&_a]:text-accent-text [&_a]:underline [&_a]:underline-offset-4 [&_h2]:mt-10 [&_h2]:mb-2 [&_h2]:text-lg [&_li]:mt-1.5 [&_p]:mt-3 [&_ul]:mt-3 [&_ul]:list-disc [&_ul]:pl-5">
      {children}
    </div>
  );
}
