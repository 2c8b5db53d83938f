'use client';

import { BadgePercent } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { Money } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import { type AdminDiscount, adminDiscountPage } from '@/lib/domains/operator/discounts/schemas';
import { moreRows } from '../../../_components/more-rows';
import { giftStatusWords, optionsOf } from '../../../_components/status-words';
import { askedColumns } from '../../_components/asked-columns';
import { DecideDiscount } from './decide-discount';
import { GiftWords } from './gift-words';

/** Who decided, and why not where it was refused. */
function noteOf({ refusal, decided_by, requested_by }: AdminDiscount): string | null {
  if (refusal) return `${refusal} (${decided_by?.email})`;
  return decided_by && decided_by.id !== requested_by.id ? `by ${decided_by.email}` : null;
}

function Standing({ row, decider }: { row: AdminDiscount; decider: string | null }) {
  const { tone, word } = giftStatusWords[row.status];
  const note = noteOf(row);
  return (
    <div className="flex flex-col items-start gap-2">
      <div>
        <Status tone={tone}>{word}</Status>
        {note ? (
          <span className="block max-w-60 break-words text-sm text-muted">{note}</span>
        ) : null}
      </div>
      {row.status === 'requested' && decider !== null ? (
        <DecideDiscount discount={row} decider={decider} />
      ) : null}
    </div>
  );
}

const columns = (decider: string | null): readonly Column<AdminDiscount>[] => [
  {
    id: 'tenant',
    header: 'Tenant',
    cell: (row) => (
      <>
        <TextLink href={`/admin/tenants/${row.tenant.id}`}>{row.tenant.name}</TextLink>
        <span className="block text-sm text-muted">
          <GiftWords discount={row} />
        </span>
      </>
    ),
  },
  {
    id: 'value',
    header: 'Within a year',
    figures: true,
    inCard: 'lead',
    cell: (row) => <Money value={row.value} />,
  },
  {
    id: 'standing',
    header: 'Standing',
    inCard: 'text',
    cell: (row) => <Standing row={row} decider={decider} />,
  },
  ...askedColumns,
];

const load = moreRows('/admin/discounts', adminDiscountPage, ['status']);

export function DiscountTable({
  rows,
  nextCursor,
  decider,
}: {
  rows: readonly AdminDiscount[];
  nextCursor: string | null;
  /** The operator who looks, if they may decide. */
  decider: string | null;
}) {
  return (
    <DataTable
      label="Discounts"
      onPhone="cards"
      columns={columns(decider)}
      rows={rows}
      rowKey={(row) => row.id}
      mode="remote"
      searchable
      filters={[{ id: 'status', label: 'Standing', options: optionsOf(giftStatusWords) }]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<BadgePercent />} title="No discounts yet">
          A discount is given on the page of a tenant, and what became of it stands here. Codes that
          customers enter themselves aren’t listed.
        </EmptyState>
      }
    />
  );
}
