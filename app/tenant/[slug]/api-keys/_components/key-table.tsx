'use client';

import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Badge } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/figures';
import type { ApiKeyDto } from '@/lib/domains/gateway/schemas';
import { KeyMenu } from './key-menu';

const expired = (key: ApiKeyDto) =>
  key.expires_at !== null && new Date(key.expires_at) <= new Date();

const columns: readonly Column<ApiKeyDto>[] = [
  {
    id: 'name',
    header: 'Name',
    searchText: (key) => `${key.name} ${key.prefix}`,
    sortValue: (key) => key.name.toLowerCase(),
    cell: (key) => (
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <span className="truncate font-medium text-strong">{key.name}</span>
        <code className="font-mono text-sm text-muted">{key.prefix}…</code>
        <Sleeping apiKey={key} />
      </span>
    ),
  },
  {
    id: 'access',
    header: 'May',
    hideBelow: 'md',
    cell: (key) => <Access scopes={key.scopes} />,
  },
  {
    id: 'requests_per_second',
    header: 'Limit',
    hideBelow: 'lg',
    sortValue: (key) => key.requests_per_second,
    cell: (key) =>
      key.requests_per_second === null ? (
        <span className="text-muted">The plan’s</span>
      ) : (
        `${key.requests_per_second} a second`
      ),
  },
  {
    id: 'last_used_at',
    header: 'Last used',
    sortValue: (key) => key.last_used_at,
    cell: (key) => (key.last_used_at ? <DateTime value={key.last_used_at} relative /> : 'Not yet'),
  },
  {
    id: 'expires_at',
    header: 'Expires',
    hideBelow: 'sm',
    sortValue: (key) => key.expires_at,
    cell: (key) => <Expiry apiKey={key} />,
  },
  {
    id: 'created_at',
    header: 'Created',
    hideBelow: 'lg',
    sortValue: (key) => key.created_at,
    cell: (key) => <DateTime value={key.created_at} style="date" />,
  },
];

/** Keys that weren't revoked; the secret itself is never shown again. */
export function KeyTable({ keys, mayWrite }: { keys: ApiKeyDto[]; mayWrite: boolean }) {
  return (
    <DataTable
      label="API keys"
      columns={columns}
      rows={keys}
      rowKey={(key) => key.id}
      searchable={keys.length > 5}
      empty={null}
      {...(mayWrite ? { rowActions: (key: ApiKeyDto) => <KeyMenu apiKey={key} /> } : {})}
    />
  );
}

/** Says that what the key was given, or a part of it, waits for another plan. */
function Sleeping({ apiKey: { sleeping, scopes } }: { apiKey: ApiKeyDto }) {
  if (!sleeping) return null;
  const { upgrade_name: plan, detail } = sleeping;
  const whole = sleeping.scopes.length === scopes.length;
  return (
    <Badge tone="warning">
      <span title={detail}>
        {plan ? `${whole ? 'Needs' : 'Writing needs'} ${plan}` : 'Not in the plan'}
      </span>
    </Badge>
  );
}

function Access({ scopes }: { scopes: ApiKeyDto['scopes'] }) {
  const writes = scopes.filter((scope) => scope.endsWith(':write')).length;
  const reads = scopes.length - writes;
  const areas = (n: number) => `${n} ${n === 1 ? 'area' : 'areas'}`;
  return (
    <span className="flex flex-wrap gap-1" title={scopes.join(', ')}>
      {reads > 0 ? <Badge>Read {areas(reads)}</Badge> : null}
      {writes > 0 ? <Badge tone="accent">Write {areas(writes)}</Badge> : null}
    </span>
  );
}

function Expiry({ apiKey }: { apiKey: ApiKeyDto }) {
  if (apiKey.expires_at === null) return <span className="text-muted">Never</span>;
  if (expired(apiKey)) return <Badge tone="negative">Expired</Badge>;
  return <DateTime value={apiKey.expires_at} style="day-minute" />;
}
