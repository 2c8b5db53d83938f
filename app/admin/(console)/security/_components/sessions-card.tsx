'use client';

import { Monitor } from 'lucide-react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import type { OwnSession } from '@/lib/domains/operator/own-account/schemas';
import { endOtherSessionsAction, endOwnSessionAction } from '../actions';

const UNKNOWN = 'An unknown browser';

async function end(id: string): Promise<string | undefined> {
  const form = new FormData();
  form.set('id', id);
  const outcome = await endOwnSessionAction(null, form);
  // One that has ended meanwhile is what was wanted.
  return outcome.ok || outcome.problem.status === 404 ? undefined : outcome.problem.detail;
}

async function endOthers(): Promise<string | undefined> {
  const outcome = await endOtherSessionsAction(null, new FormData());
  return outcome.ok ? undefined : outcome.problem.detail;
}

function SessionRow({ session }: { session: OwnSession }) {
  const device = session.device ?? UNKNOWN;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <Monitor aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium text-strong">{device}</span>
          {session.current ? <Badge tone="accent">This one</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-x-2 text-muted text-sm">
          <span className="figures">{session.ip ?? 'Unknown address'}</span>
          <span>
            last seen <DateTime value={session.last_seen_at} relative />
          </span>
        </p>
      </div>
      {session.current ? null : (
        <ConfirmDialog
          title={`Sign out ${device}?`}
          confirmLabel="Sign out"
          success={`${device} is signed out`}
          onConfirm={() => end(session.id)}
          trigger={
            <Button variant="secondary" size="sm">
              Sign out<span className="sr-only"> {device}</span>
            </Button>
          }
        >
          Last seen at {session.ip ?? 'an unknown address'}. It loses access at once.
        </ConfirmDialog>
      )}
    </li>
  );
}

/** Where the operator is signed in, and the ways to end that. */
export function SessionsCard({ sessions }: { sessions: readonly OwnSession[] }) {
  return (
    <Card>
      <CardHeader
        title="Where you are signed in"
        description="A browser that you don’t know: end it, then change your password."
        actions={
          sessions.length < 2 ? null : (
            <ConfirmDialog
              title="Sign out all others?"
              confirmLabel="Sign out all others"
              success="Every other session is ended"
              onConfirm={endOthers}
              trigger={
                <Button variant="secondary" size="sm">
                  Sign out all others
                </Button>
              }
            >
              They lose access at once. You stay signed in here.
            </ConfirmDialog>
          )
        }
      />
      <CardBody>
        <ul className="grid divide-y divide-line">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
