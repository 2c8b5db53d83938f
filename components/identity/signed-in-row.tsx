'use client';

import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '../patterns/confirm-dialog';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { DateTime } from '../ui/figures';

type Session = {
  id: string;
  current: boolean;
  ip: string | null;
  last_seen_at: string;
  created_at: string;
};

type Props = {
  session: Session;
  /** What it is called: "Chrome on macOS". */
  device: string;
  icon: LucideIcon;
  /** More to be seen of the device, and to be read on hover. */
  badge?: ReactNode;
  hover?: string | null | undefined;
  /** How fast access is lost: "at once". */
  lost: string;
  /** Answers what went wrong. */
  onEnd: (id: string) => Promise<string | undefined>;
};

const Between = () => (
  <span aria-hidden="true" className="max-sm:hidden">
    ·
  </span>
);

/** One sign-in: device, address, last use. The one in use is ended by signing out. */
export function SignedInRow(props: Props) {
  const { session, device, icon: Icon, badge, hover, lost, onEnd } = props;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium text-strong" title={hover ?? undefined}>
            {device}
          </span>
          {session.current ? <Badge tone="accent">This one</Badge> : null}
          {badge}
        </p>
        <p className="flex flex-wrap gap-x-2 text-muted text-sm">
          <span className="figures">{session.ip ?? 'Unknown address'}</span>
          <Between />
          <span>
            Last seen <DateTime value={session.last_seen_at} relative />
          </span>
          <Between />
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
          Last seen at {session.ip ?? 'an unknown address'}. It loses access {lost}.
        </ConfirmDialog>
      )}
    </li>
  );
}
