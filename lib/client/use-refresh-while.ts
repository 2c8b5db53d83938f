'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Renders the page anew every so many ms while something is under way; not while nobody looks at it. */
export function useRefreshWhile(underWay: boolean, everyMs: number): void {
  const router = useRouter();
  useEffect(() => {
    if (!underWay) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [underWay, everyMs, router]);
}
