import Link from 'next/link';
import { BrandMark } from '../patterns/brand-mark';

const columns = [
  {
    title: 'Product',
    links: [
      { label: 'Pricing', href: '/pricing' },
      { label: 'Security', href: '/security' },
      { label: 'Sign in', href: '/sign-in' },
    ],
  },
  {
    title: 'Developers',
    links: [
      { label: 'First three calls', href: '/api' },
      { label: 'API reference', href: '/docs/api' },
      { label: 'OpenAPI document', href: '/api/v1/openapi.json' },
    ],
  },
  {
    title: 'Legal',
    links: [
      { label: 'Terms', href: '/legal/terms' },
      { label: 'Privacy', href: '/legal/privacy' },
      { label: 'Risk notice', href: '/legal/risk' },
    ],
  },
];

/** Bottom of every public page: the ways on, and the risk in plain words. */
export function SiteFooter() {
  return (
    <footer className="mt-24 border-t border-line bg-panel">
      <div className="mx-auto grid max-w-page gap-10 px-4 py-12 sm:px-6 md:grid-cols-[1.6fr_1fr_1fr_1fr]">
        <div className="max-w-[40ch]">
          <p className="flex items-center gap-2.5 font-semibold text-md text-strong">
            <BrandMark className="size-6" />
            NeoZork
          </p>
          <p className="mt-4 text-base text-muted">
            Trading can lose all the money you put in. A back-test shows the past under stated
            assumptions; it doesn’t tell what comes.{' '}
            <Link href="/legal/risk" className="text-accent-text underline underline-offset-4">
              Read the risk notice
            </Link>
          </p>
        </div>
        {columns.map((column) => (
          <nav key={column.title} aria-label={column.title}>
            <p className="font-medium text-base text-strong">{column.title}</p>
            <ul className="mt-3 flex flex-col gap-2">
              {column.links.map((link) => (
                <li key={link.href}>
                  {/* The OpenAPI document is a file, not a page. */}
                  <Link
                    href={link.href}
                    prefetch={false}
                    className="text-base text-muted hover:text-strong hover:underline"
                  >
                    {link.label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        ))}
      </div>
    </footer>
  );
}
