'use client';

import { useRefreshWhile } from '@/lib/client/use-refresh-while';

/** How often it is looked again, in ms: most of a move waits for renewals. */
const EVERY_MS = 5_000;

/** Keeps the page in step with the jobs. */
export function FollowMove({ underWay }: { underWay: boolean }) {
  useRefreshWhile(underWay, EVERY_MS);
  return null;
}
