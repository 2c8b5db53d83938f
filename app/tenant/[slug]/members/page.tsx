import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import { getSeats, listMembers, type MemberDto } from '@/lib/domains/tenancy';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';
import { InviteDialog } from './_components/invite-dialog';
import { MemberMenu } from './_components/member-menu';
import { roleWords, statusWords } from './_components/role-words';

export const metadata: Metadata = { title: 'Members' };

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
        <Table label="Members">
          <TableHead>
            <TableRow>
              <TableHeader>Person</TableHeader>
              <TableHeader>Role</TableHeader>
              <TableHeader>Last seen</TableHeader>
              <TableHeader>
                <span className="sr-only">Acts</span>
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {members.map((member) => (
              <TableRow key={member.id}>
                <TableCell>
                  <Person member={member} />
                </TableCell>
                <TableCell>{roleWords[member.role].label}</TableCell>
                <TableCell>
                  {member.last_seen_at ? <DateTime value={member.last_seen_at} relative /> : '–'}
                </TableCell>
                <TableCell className="w-px text-right">
                  {mayEdit && member.email !== person.email ? (
                    <MemberMenu id={member.id} email={member.email} role={member.role} />
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
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
