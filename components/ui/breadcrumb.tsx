import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

export interface Crumb {
  label: string;
  /** Absent on the last: it is where the reader stands. */
  href?: string;
}

/** Where the reader stands, and the way up. */
export function Breadcrumb({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-base">
        {items.map((item, index) => (
          <li
            key={`${item.label}-${item.href ?? ''}`}
            className="flex min-w-0 items-center gap-1 last:shrink"
          >
            {index > 0 ? (
              <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
            ) : null}
            {item.href !== undefined && index < items.length - 1 ? (
              <Link
                href={item.href}
                className="truncate rounded-sm px-1 py-0.5 text-muted transition-colors hover:bg-raised hover:text-strong"
              >
                {item.label}
              </Link>
            ) : (
              <span aria-current="page" className="truncate px-1 py-0.5 font-medium text-strong">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
