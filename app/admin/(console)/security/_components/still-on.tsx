'use client';

import { type ReactNode, useState } from 'react';

/**
 * The facts of a factor that was on when the page was opened; otherwise its set-up, which stays in sight when the
 * page is drawn anew, for it shows the recovery codes then.
 */
export function StillOn({ facts, children }: { facts: ReactNode; children: ReactNode }) {
  const [wasOn, setWasOn] = useState(facts !== null);
  // Turned off on this page: what is set up next is new again.
  if (wasOn && facts === null) setWasOn(false);
  return wasOn ? facts : children;
}
