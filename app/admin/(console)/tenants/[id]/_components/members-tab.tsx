import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Card } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import { listMembers, type MemberDto } from '@/lib/domains/tenancy';
import type { Ctx } from '@/lib/kernel/ctx';

const columns: readonly PlainColumn<MemberDto>[] = [
  {
    id: 'person',
    header: 'Person',
    cell: ({ name, email }) => (
      <span className="flex min-w-0 flex-wrap gap-x-2">
        <span className="font-medium text-strong">{name || email}</span>
        {name ? <span className="text-muted">{email}</span> : null}
      </span>
    ),
  },
  { id: 'role', header: 'Role', cell: ({ role }) => <span className="capitalize">{role}</span> },
  {
    id: 'state',
    header: 'State',
    cell: ({ status }) => <span className="capitalize">{status}</span>,
  },
  {
    id: 'seen',
    header: 'Last seen',
    figures: true,
    cell: (member) => <DateTime value={member.last_seen_at} relative />,
  },
];

/** Its people and those invited, the latest hundred. */
export async function MembersTab({ inside }: { inside: Ctx }) {
  const { data: members } = await listMembers(inside, { limit: 100 });
  return (
    <Card>
      <PlainTable label="Members" columns={columns} rows={members} rowKey={({ id }) => id} />
    </Card>
  );
}
