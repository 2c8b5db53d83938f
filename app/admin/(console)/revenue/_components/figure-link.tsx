import Link from 'next/link';
import type { ReactNode } from 'react';

/** A figure that leads to the rows which it is the sum of. */
export function FigureLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="rounded-sm decoration-line-strong decoration-1 underline-offset-4 hover:text-strong hover:underline"
    >
      {children}
    </Link>
  );
}
