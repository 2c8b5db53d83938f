'use client';

import { Webhook } from 'lucide-react';
import { Fragment } from 'react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/figures';
import { type AdminWebhook, adminWebhookPage, webhookStates } from '@/lib/domains/operator/schemas';
import { moreRows } from '../../../_components/more-rows';
import { gatewayOptions, webhookStateWords } from '../../../_components/status-words';

/** A long name goes on after one of its dots. */
function EventType({ type }: { type: string }) {
  return (
    <code className="font-mono text-sm">
      {type.split('.').map((part, index) => (
        <Fragment key={part}>
          {index > 0 ? '.' : null}
          {index > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </code>
  );
}

const columns: readonly Column<AdminWebhook>[] = [
  {
    id: 'type',
    header: 'Event',
    cell: (row) => <EventType type={row.type} />,
  },
  {
    id: 'state',
    header: 'Outcome',
    inCard: 'lead',
    cell: (row) => {
      const { tone, word } = webhookStateWords(row.state);
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'last_error',
    header: 'Error',
    hideBelow: 'md',
    cell: (row) => (
      <span className="line-clamp-1 max-w-[48ch] text-muted">{row.last_error ?? '–'}</span>
    ),
  },
  { id: 'attempts', header: 'Tries', figures: true, hideBelow: 'md', cell: (row) => row.attempts },
  {
    id: 'event_id',
    header: 'Id',
    hideBelow: 'lg',
    cell: (row) => <code className="font-mono text-sm text-muted">{row.event_id}</code>,
  },
  {
    id: 'received_at',
    header: 'Received',
    inCard: 'start',
    figures: true,
    cell: (row) => <DateTime value={row.received_at} relative />,
  },
];

const states = webhookStates.map((value) => ({ value, label: webhookStateWords(value).word }));
const load = moreRows('/admin/webhooks', adminWebhookPage, ['state', 'provider']);

export function WebhookTable({
  rows,
  nextCursor,
}: {
  rows: readonly AdminWebhook[];
  nextCursor: string | null;
}) {
  return (
    <DataTable
      label="Webhooks"
      onPhone="cards"
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.provider} ${row.event_id}`}
      rowHref={(row) => `/admin/webhooks/${row.provider}/${encodeURIComponent(row.event_id)}`}
      mode="remote"
      searchable
      filters={[
        { id: 'state', label: 'Outcome', options: states },
        { id: 'provider', label: 'Provider', options: gatewayOptions },
      ]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<Webhook />} title="Nothing received yet">
          Every signed delivery is kept here before it is dealt with, so that none is lost.
        </EmptyState>
      }
    />
  );
}
