'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '@/lib/client/api-fetch';
import { Skeleton } from '../ui/skeleton';
import { ErrorState } from './error-state';

/** What the server answers: until it does a placeholder, and when it fails the reason and the way to ask again. */
export function QueryAnswer<T>({
  query,
  failed,
  children,
}: {
  query: UseQueryResult<T>;
  /** What did not work: "The costs could not be worked out". */
  failed: string;
  children: (answer: T) => ReactNode;
}) {
  return (
    <>
      {query.isPending ? <Skeleton className="h-24" /> : null}
      {query.isError ? (
        <ErrorState
          bare
          title={failed}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
          reference={query.error instanceof ApiProblem ? query.error.requestId : null}
        >
          {query.error.message}
        </ErrorState>
      ) : null}
      {query.data === undefined ? null : children(query.data)}
    </>
  );
}
