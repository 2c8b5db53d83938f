import Link from 'next/link';
import { BrandMark } from '../patterns/brand-mark';
import { ThemeToggle } from '../patterns/theme-toggle';
import { buttonStyle } from '../ui/button-style';
import { MobileMenu } from './mobile-menu';

const links = [
  { label: 'Pricing', href: '/pricing' },
  { label: 'API', href: '/api' },
  { label: 'Security', href: '/security' },
];

/** Top of every public page. */
export function SiteHeader() {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas/92 backdrop-blur-sm">
      <div className="mx-auto flex h-15 max-w-page items-center gap-2 px-4 sm:px-6">
        <Link
          href="/"
          className="mr-5 flex items-center gap-2.5 rounded-md font-semibold text-md text-strong"
        >
          <BrandMark className="size-6" />
          NeoZork
        </Link>
        <nav aria-label="Site" className="hidden flex-1 items-center gap-1 md:flex">
          {links.map((link) => (
            <Link
              key={link.href}
              href={link.href}
              className="rounded-md px-3 py-2 text-base text-muted transition-colors hover:bg-raised hover:text-strong"
            >
              {link.label}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <ThemeToggle />
          <Link href="/sign-in" className={buttonStyle('ghost', 'md', 'max-sm:hidden')}>
            Sign in
          </Link>
          <Link href="/sign-up" className={buttonStyle('primary', 'md', 'ml-1')}>
            Start trial
          </Link>
          <MobileMenu links={[...links, { label: 'Sign in', href: '/sign-in' }]} />
        </div>
      </div>
    </header>
  );
}
