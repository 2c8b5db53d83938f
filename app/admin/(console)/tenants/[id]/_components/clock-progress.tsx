'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { DateTime } from '@/components/ui/figures';
import { Spinner } from '@/components/ui/spinner';

/** How often it is looked again while the clock moves, in ms. */
const LOOK_EVERY_MS = 1_000;

/** Says where a moving clock has got to, and looks again until it stands. */
export function ClockProgress({ at, target }: { at: string; target: string }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <span role="status" className="flex flex-wrap items-center gap-2">
      <Spinner />
      <span>
        <DateTime value={at} /> on the way to <DateTime value={target} />
      </span>
    </span>
  );
}
