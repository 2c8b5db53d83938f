'use client';

import { Monitor, Smartphone, SquareTerminal } from 'lucide-react';
import { SignedInRow } from '@/components/identity/signed-in-row';
import { Badge } from '@/components/ui/badge';
import type { SessionDto } from '@/lib/domains/identity/schemas';

type Props = { session: SessionDto; onEnd: (id: string) => Promise<string | undefined> };

/** One sign-in of a person: a browser, a phone or a program. */
export function SessionRow({ session, onEnd }: Props) {
  const program = session.kind === 'program';
  const device = session.device ?? (program ? 'A program' : 'An unknown browser');
  const onPhone = /iOS|Android/.test(device);
  return (
    <SignedInRow
      session={session}
      device={device}
      icon={program ? SquareTerminal : onPhone ? Smartphone : Monitor}
      badge={program ? <Badge>API</Badge> : null}
      hover={session.user_agent}
      lost="within a second"
      onEnd={onEnd}
    />
  );
}
