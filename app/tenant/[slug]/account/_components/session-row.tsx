'use client';

import { Monitor, Smartphone, SquareTerminal } from 'lucide-react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DateTime } from '@/components/ui/figures';
import type { SessionDto } from '@/lib/domains/identity/schemas';

type Props = { session: SessionDto; onEnd: (id: string) => Promise<string | undefined> };

/** One sign-in: device, address, last use. The one in use is ended by signing out. */
export function SessionRow({ session, onEnd }: Props) {
  const program = session.kind === 'program';
  const device = session.device ?? (program ? 'A program' : 'An unknown browser');
  const onPhone = /iOS|Android/.test(device);
  const Icon = program ? SquareTerminal : onPhone ? Smartphone : Monitor;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium text-strong" title={session.user_agent ?? undefined}>
            {device}
          </span>
          {session.current ? <Badge tone="accent">This one</Badge> : null}
          {program ? <Badge>API</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-x-2 text-muted text-sm">
          <span className="figures">{session.ip ?? 'Unknown address'}</span>
          <span aria-hidden="true" className="max-sm:hidden">
            ·
          </span>
          <span>
            Last seen <DateTime value={session.last_seen_at} relative />
          </span>
          <span aria-hidden="true" className="max-sm:hidden">
            ·
          </span>
          <span className="max-sm:hidden">
            Since <DateTime value={session.created_at} style="date" />
          </span>
        </p>
      </div>
      {session.current ? null : (
        <ConfirmDialog
          title={`Sign out ${device}?`}
          confirmLabel="Sign out"
          success={`${device} is signed out`}
          onConfirm={() => onEnd(session.id)}
          trigger={
            <Button variant="secondary" size="sm">
              Sign out<span className="sr-only"> {device}</span>
            </Button>
          }
        >
          Last seen at {session.ip ?? 'an unknown address'}. It loses access within a second.
        </ConfirmDialog>
      )}
    </li>
  );
}
