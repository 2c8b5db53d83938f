import type { ReactNode } from 'react';
import { Callout } from '@/components/ui/callout';
import { TextLink } from '@/components/ui/text-link';
import { operatorPage } from '@/lib/transport/operator-page';
import { operatorRoleWords } from '../_components/status-words';
import { areasFor } from './_shell/areas';
import { ConsoleShell } from './_shell/console-shell';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { operator, may } = await operatorPage();
  return (
    <ConsoleShell
      areas={areasFor(may)}
      person={{
        name: operator.name || operator.email,
        email: operator.email,
        role: operatorRoleWords[operator.role],
      }}
    >
      {operator.secondFactor === 'off' ? (
        <Callout tone="warning" title="You signed in with a password alone" className="mb-6">
          That is possible on this machine, and refused in production.{' '}
          <TextLink href="/admin/security">Set up an authenticator app</TextLink>
        </Callout>
      ) : null}
      {children}
    </ConsoleShell>
  );
}
