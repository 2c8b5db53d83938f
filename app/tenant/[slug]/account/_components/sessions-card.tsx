'use client';

import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card';
import { signOut } from '@/lib/client/sign-out';
import { useSessions } from '@/lib/client/use-sessions';
import type { SessionDto } from '@/lib/domains/identity/schemas';
import { endOtherSessionsAction, endSessionAction } from '../actions';
import { SessionRow } from './session-row';

/** Where the person is signed in, and the ways to end that. */
export function SessionsCard({ tenant, initial }: { tenant: string; initial: SessionDto[] }) {
  const { sessions, refresh } = useSessions(tenant, initial);
  const here = sessions.filter(({ current }) => current);
  const elsewhere = sessions.filter(({ current }) => !current);
  const others = elsewhere.length;
  const end = async (id: string) => {
    const form = new FormData();
    form.set('id', id);
    const outcome = await endSessionAction(null, form);
    // One that has ended meanwhile is what was wanted.
    if (!outcome.ok && outcome.problem.status !== 404) return outcome.problem.detail;
    await refresh();
    return undefined;
  };
  const endOthers = async () => {
    const outcome = await endOtherSessionsAction(null, new FormData());
    if (!outcome.ok) return outcome.problem.detail;
    await refresh();
    return undefined;
  };
  return (
    <Card>
      <CardHeader
        title="Where you are signed in"
        description="A browser or program that you don’t know: end it, then change your password."
        actions={
          others === 0 ? null : (
            <ConfirmDialog
              title={`Sign out ${others === 1 ? 'the other device' : `${others} other devices`}?`}
              confirmLabel="Sign out all others"
              success="Every other device is signed out"
              onConfirm={endOthers}
              trigger={
                <Button variant="secondary" size="sm">
                  Sign out all others
                </Button>
              }
            >
              They lose access within a second. You stay signed in here.
            </ConfirmDialog>
          )
        }
      />
      <CardBody>
        <ul className="grid divide-y divide-line">
          {[...here, ...elsewhere].map((session) => (
            <SessionRow key={session.id} session={session} onEnd={end} />
          ))}
        </ul>
      </CardBody>
      <CardFooter>
        <span>Signing out ends a sign-in on every host it reached.</span>
        <ConfirmDialog
          title="Sign out everywhere?"
          confirmLabel="Sign out everywhere"
          onConfirm={() => signOut(tenant, true)}
          trigger={
            <Button variant="secondary" size="sm">
              Sign out everywhere
            </Button>
          }
        >
          Every browser and program of yours loses access within a second, this one too. API keys go
          on working.
        </ConfirmDialog>
      </CardFooter>
    </Card>
  );
}
