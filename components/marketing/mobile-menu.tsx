'use client';

import Link from 'next/link';
import { useRef } from 'react';

/** The site's links behind one button, on a phone. Opens without JavaScript too. */
export function MobileMenu({ links }: { links: readonly { label: string; href: string }[] }) {
  const details = useRef<HTMLDetailsElement>(null);
  return (
    <details ref={details} className="group md:hidden">
      <summary
        aria-label="Menu"
        className="grid size-9 list-none place-items-center rounded-md text-muted hover:bg-raised hover:text-strong"
      >
        <svg
          viewBox="0 0 16 16"
          className="size-4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
          aria-hidden="true"
        >
          <path d="M2 5h12M2 11h12" className="group-open:hidden" />
          <path d="m3 3 10 10M13 3 3 13" className="hidden group-open:block" />
        </svg>
      </summary>
      <nav
        aria-label="Site, on a phone"
        className="absolute inset-x-0 top-full border-b border-line bg-canvas px-4 py-3 shadow-lg"
      >
        <ul>
          {links.map((link) => (
            <li key={link.href}>
              <Link
                href={link.href}
                onClick={() => details.current?.removeAttribute('open')}
                className="flex h-12 items-center border-b border-line text-md text-strong"
              >
                {link.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </details>
  );
}
