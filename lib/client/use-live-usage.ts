'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type CurrentUsageRow, currentUsage } from '@/lib/domains/usage/schemas';
import { apiFetch } from './api-fetch';
import { isNewer, listenLive, type UsageMessage } from './live-connection';
import { queryKeys } from './query-keys';

type Current = { data: CurrentUsageRow[] };

/** Projections are made by the server; they are asked for anew at most this often, in ms. */
const PROJECTION_MS = 30_000;

/**
 * The month's counters, moved by the live stream as calls are made. `initial` comes with the page,
 * so that nothing blinks; projections follow every half minute.
 * @param tenantId public id
 * @param asOf when `initial` was read, ISO 8601 UTC
 */
export function useLiveUsage(
  tenant: string,
  tenantId: string,
  initial: CurrentUsageRow[],
  asOf: string,
) {
  const client = useQueryClient();
  const key = queryKeys.currentUsage(tenant);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      apiFetch(`/tenants/${tenantId}/usage/current`, currentUsage, { tenant, signal }),
    initialData: { data: initial },
    refetchInterval: PROJECTION_MS,
  });
  useEffect(
    () =>
      listenLive('usage', tenant, (message) => {
        if (!isNewer(message, asOf)) return;
        const change = message as UsageMessage;
        client.setQueryData<Current>(queryKeys.currentUsage(tenant), (known) =>
          known ? { data: known.data.map((row) => moved(row, change)) } : known,
        );
      }),
    [client, tenant, asOf],
  );
  return query;
}

function moved(row: CurrentUsageRow, { meter, used, limit }: UsageMessage): CurrentUsageRow {
  if (row.meter !== meter) return row;
  return { ...row, used, limit, remaining: limit === null ? null : Math.max(0, limit - used) };
}
