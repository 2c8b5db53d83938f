import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import { getSeats, listMembers, type MemberDto } from '@/lib/domains/tenancy';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';
import { InviteDialog } from './_components/invite-dialog';
import { MemberMenu } from './_components/member-menu';
import { roleWords, statusWords } from './_components/role-words';

export const metadata: Metadata = { title: 'Members' };

const columns: readonly PlainColumn<MemberDto>[] = [
  { id: 'person', header: 'Person', cell: (member) => <Person member={member} /> },
  { id: 'role', header: 'Role', cell: ({ role }) => roleWords[role].label },
  {
    id: 'seen',
    header: 'Last seen',
    cell: (member) =>
      member.last_seen_at ? <DateTime value={member.last_seen_at} relative /> : '–',
  },
];

/** Nobody acts on oneself here. */
const menuFor = (self: string): PlainColumn<MemberDto> => ({
  id: 'acts',
  header: 'Acts',
  bareHead: true,
  figures: true,
  inCard: 'lead',
  cell: ({ id, email, role }) =>
    email === self ? null : <MemberMenu id={id} email={email} role={role} />,
});

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, person } = await pageCtx((await params).slug);
  const [{ data: members }, seats] = await Promise.all([
    listMembers(ctx, { limit: 100 }),
    getSeats(ctx),
  ]);
  const unconfirmed = person.emailVerified ? null : person.email;
  const mayEdit = allows(ctx.actor, 'members:write');
  return (
    <>
      <PageHeader
        title="Members"
        description="Who belongs to the organisation, and what each of them may do."
        action={mayEdit ? <InviteDialog seats={seats} unconfirmed={unconfirmed} /> : null}
      />
      <Card>
        <PlainTable
          label="Members"
          columns={mayEdit ? [...columns, menuFor(person.email)] : columns}
          rows={members}
          rowKey={({ id }) => id}
        />
      </Card>
    </>
  );
}

function Person({ member }: { member: MemberDto }) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <span className="truncate font-medium text-strong">{member.name || member.email}</span>
      {member.name ? <span className="truncate text-muted">{member.email}</span> : null}
      {member.status === 'active' ? null : <Badge tone="info">{statusWords[member.status]}</Badge>}
    </span>
  );
}
