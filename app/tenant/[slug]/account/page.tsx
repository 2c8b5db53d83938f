import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { ShellCrumbs } from '@/components/patterns/shell/shell-context';
import { QueryProvider } from '@/lib/client/query-provider';
import { listSessions } from '@/lib/domains/identity';
import { heldPageCtx } from '@/lib/transport/page-ctx';
import { PasswordCard } from './_components/password-card';
import { ProfileCard } from './_components/profile-card';
import { SessionsCard } from './_components/sessions-card';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, person, member, base } = await heldPageCtx((await params).slug);
  const sessions = await listSessions(ctx, person);
  return (
    <QueryProvider>
      <ShellCrumbs items={[{ label: member.name, href: base || '/' }, { label: 'Your account' }]} />
      <PageHeader
        title="Your account"
        description="Yours alone, the same in every organisation you belong to."
      />
      <div className="grid gap-6">
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <ProfileCard name={person.name} email={person.email} verified={person.emailVerified} />
          <PasswordCard email={person.email} tenant={member.slug} />
        </div>
        <SessionsCard tenant={member.slug} initial={sessions} />
      </div>
    </QueryProvider>
  );
}
