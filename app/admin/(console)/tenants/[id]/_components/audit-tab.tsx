import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import { listAuditEvents } from '@/lib/domains/audit';
import type { Ctx } from '@/lib/kernel/ctx';

type Event = Awaited<ReturnType<typeof listAuditEvents>>['data'][number];

const columns: readonly PlainColumn<Event>[] = [
  {
    id: 'action',
    header: 'Act',
    cell: ({ action }) => <code className="break-all font-mono text-sm text-strong">{action}</code>,
  },
  {
    id: 'by',
    header: 'By',
    inCard: 'text',
    cell: ({ actor }) => (
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge tone={actor.kind === 'operator' ? 'accent' : 'neutral'}>{actor.kind}</Badge>
        <span className="break-all">{actor.name ?? actor.id}</span>
      </span>
    ),
  },
  {
    id: 'from',
    header: 'From',
    inCard: 'end',
    cell: ({ ip }) => <span className="figures text-muted">{ip ?? '–'}</span>,
  },
  {
    id: 'at',
    header: 'When',
    figures: true,
    inCard: 'start',
    cell: ({ at }) => <DateTime value={at} />,
  },
];

/** The tenant's own audit log, its latest hundred rows; this very look is one of them. */
export async function AuditTab({ inside }: { inside: Ctx }) {
  const { data: events } = await listAuditEvents(inside, { limit: 100 });
  return (
    <Card>
      <PlainTable
        label="Audit log of the tenant"
        columns={columns}
        rows={events}
        rowKey={({ id }) => id}
      />
    </Card>
  );
}
