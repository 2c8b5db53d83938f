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
import { listAuditEvents } from '@/lib/domains/audit';
import type { Ctx } from '@/lib/kernel/ctx';

/** The tenant's own audit log, its latest hundred rows; this very look is one of them. */
export async function AuditTab({ inside }: { inside: Ctx }) {
  const { data: events } = await listAuditEvents(inside, { limit: 100 });
  return (
    <Card>
      <Table label="Audit log of the tenant">
        <TableHead>
          <TableRow>
            <TableHeader>Act</TableHeader>
            <TableHeader>By</TableHeader>
            <TableHeader>From</TableHeader>
            <TableHeader figures>When</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {events.map((event) => (
            <TableRow key={event.id}>
              <TableCell>
                <code className="font-mono text-sm text-strong">{event.action}</code>
              </TableCell>
              <TableCell>
                <span className="flex min-w-0 flex-wrap items-center gap-2">
                  <Badge tone={event.actor.kind === 'operator' ? 'accent' : 'neutral'}>
                    {event.actor.kind}
                  </Badge>
                  <span className="truncate">{event.actor.name ?? event.actor.id}</span>
                </span>
              </TableCell>
              <TableCell className="figures text-muted">{event.ip ?? '–'}</TableCell>
              <TableCell figures>
                <DateTime value={event.at} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
