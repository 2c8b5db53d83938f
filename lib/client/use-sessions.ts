'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SessionDto, sessionList } from '@/lib/domains/identity/schemas';
import { apiFetch } from './api-fetch';
import { queryKeys } from './query-keys';

/** The person's sign-ins, kept fresh while the page is open; `refresh` after one was ended here. */
export function useSessions(tenant: string, initial: SessionDto[]) {
  const client = useQueryClient();
  const queryKey = queryKeys.sessions(tenant);
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => apiFetch('/auth/sessions', sessionList, { tenant, signal }),
    initialData: { data: initial, next_cursor: null },
    refetchInterval: 15_000,
    refetchOnWindowFocus: 'always',
  });
  return { sessions: data.data, refresh: () => client.invalidateQueries({ queryKey }) };
}
