'use client';

import { UserCog } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Badge, Status } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/figures';
import { type AdminOperator, adminOperatorPage } from '@/lib/domains/operator/operators/schemas';
import { moreRows } from '../../../_components/more-rows';
import { operatorRoleWords } from '../../../_components/status-words';
import { OperatorMenu } from './operator-menu';
import { standingOf } from './operator-words';

function Standing({ operator }: { operator: AdminOperator }) {
  const { tone, word } = standingOf(operator);
  const { invitation, status } = operator;
  return (
    <div>
      <Status tone={tone}>{word}</Status>
      {status === 'invited' && invitation ? (
        <span className="block text-sm text-muted">
          {invitation.state === 'expired' ? 'since' : 'until'}{' '}
          <DateTime value={invitation.expires_at} style="minute" />
        </span>
      ) : null}
    </div>
  );
}

function Factor({ operator }: { operator: AdminOperator }) {
  const { second_factor: enrolled, second_factor_required: required } = operator;
  return (
    <div>
      <Status tone={enrolled ? 'positive' : 'neutral'}>{enrolled ? 'On' : 'Off'}</Status>
      {required ? <span className="block text-sm text-muted">required</span> : null}
    </div>
  );
}

const columns = (own: string): readonly Column<AdminOperator>[] => [
  {
    id: 'who',
    header: 'Operator',
    cell: (row) => (
      <div className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-2 font-medium text-strong">
          <span className="min-w-0 break-words">{row.name || row.email}</span>
          {row.id === own ? <Badge tone="accent">You</Badge> : null}
        </span>
        {row.name ? <span className="block break-all text-sm text-muted">{row.email}</span> : null}
      </div>
    ),
  },
  { id: 'role', header: 'Role', cell: (row) => operatorRoleWords[row.role] },
  { id: 'status', header: 'State', cell: (row) => <Standing operator={row} /> },
  { id: 'factor', header: 'Second factor', cell: (row) => <Factor operator={row} /> },
  {
    id: 'last',
    header: 'Last sign-in',
    figures: true,
    hideBelow: 'md',
    cell: (row) =>
      row.last_signed_in_at ? (
        <DateTime value={row.last_signed_in_at} relative />
      ) : (
        <span className="text-muted">Never</span>
      ),
  },
];

const load = moreRows('/admin/operators', adminOperatorPage, []);

export function OperatorTable({
  rows,
  nextCursor,
  own,
}: {
  rows: readonly AdminOperator[];
  nextCursor: string | null;
  /** The operator who looks: nobody changes themselves. */
  own: string;
}) {
  return (
    <DataTable
      label="Operators"
      onPhone="cards"
      columns={columns(own)}
      rows={rows}
      rowKey={(row) => row.id}
      rowActions={(row) => (row.id === own ? null : <OperatorMenu operator={row} />)}
      mode="remote"
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<UserCog />} title="No operators yet">
          Whoever runs the platform is listed here.
        </EmptyState>
      }
    />
  );
}
