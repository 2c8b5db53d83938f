'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiProblem } from './api-fetch';

/** Refusals stay refusals; only what may be better in a moment is asked again. */
function mayRetry(failures: number, error: Error): boolean {
  const lasting = error instanceof ApiProblem && error.status >= 400 && error.status < 500;
  return failures < 2 && !lasting;
}

/** The cache of what pages read from the API, one for each browser tab. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: mayRetry } } }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
