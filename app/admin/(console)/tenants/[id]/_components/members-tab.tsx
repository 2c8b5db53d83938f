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
import { listMembers } from '@/lib/domains/tenancy';
import type { Ctx } from '@/lib/kernel/ctx';

/** Its people and those invited, the latest hundred. */
export async function MembersTab({ inside }: { inside: Ctx }) {
  const { data: members } = await listMembers(inside, { limit: 100 });
  return (
    <Card>
      <Table label="Members">
        <TableHead>
          <TableRow>
            <TableHeader>Person</TableHeader>
            <TableHeader>Role</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader figures>Last seen</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {members.map((member) => (
            <TableRow key={member.id}>
              <TableCell>
                <span className="flex min-w-0 flex-wrap gap-x-2">
                  <span className="font-medium text-strong">{member.name || member.email}</span>
                  {member.name ? <span className="text-muted">{member.email}</span> : null}
                </span>
              </TableCell>
              <TableCell className="capitalize">{member.role}</TableCell>
              <TableCell className="capitalize">{member.status}</TableCell>
              <TableCell figures>
                <DateTime value={member.last_seen_at} relative />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
