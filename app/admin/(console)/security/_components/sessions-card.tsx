'use client';

import { Monitor } from 'lucide-react';
import { SignedInRow } from '@/components/identity/signed-in-row';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { OwnSession } from '@/lib/domains/operator/own-account/schemas';
import { endOtherSessionsAction, endOwnSessionAction } from '../actions';

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
            <SignedInRow
              key={session.id}
              session={session}
              device={session.device ?? 'An unknown browser'}
              icon={Monitor}
              lost="at once"
              onEnd={end}
            />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
