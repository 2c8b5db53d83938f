import type { Metadata } from 'next';
import Link from 'next/link';
import { BrandMark } from '@/components/patterns/brand-mark';
import { buttonStyle } from '@/components/ui/button-style';

export const metadata: Metadata = { title: 'Not found' };

/** Also what a stranger sees of a workspace: whether it exists is nobody’s business. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-form flex-col justify-center px-6 py-16">
      <BrandMark className="size-8" />
      <h1 className="mt-6 text-xl">There is nothing at this address</h1>
      <p className="mt-2 text-lead text-muted">
        The page may have moved, the address may have a slip in it, or it belongs to a workspace
        that you are not a member of.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        <Link href="/" className={buttonStyle('primary')}>
          Go to the start
        </Link>
        <Link href="/sign-in" className={buttonStyle('secondary')}>
          Sign in as someone else
        </Link>
      </div>
    </main>
  );
}
