'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { useRefreshWhile } from '@/lib/client/use-refresh-while';
import { useTenantEvents } from '@/lib/client/use-tenant-events';
import { type BacktestDto, backtestStatuses } from '@/lib/domains/trading/backtests/schemas';

export type RunNews = Pick<BacktestDto, 'status' | 'progress'> & { cancel_requested: boolean };

const newsSchema = z.object({
  id: z.string(),
  status: z.enum(backtestStatuses),
  progress: z.number(),
  cancel_requested: z.boolean().default(false),
});

/** Pages ask again this often while something runs, should the stream of events not get through. */
const POLL = 4_000;

/**
 * What has been heard of back-tests since the page was rendered, by id. Asks the server for the whole page again when
 * one is over, or another one appears.
 */
export function useBacktestNews(anyUnderWay: boolean): ReadonlyMap<string, RunNews> {
  const router = useRouter();
  const [news, setNews] = useState<ReadonlyMap<string, RunNews>>(new Map());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useTenantEvents(useShellTenant(), ['backtest'], (event) => {
    const heard = newsSchema.safeParse(event.data);
    if (heard.success) {
      const { id, ...rest } = heard.data;
      setNews((before) => new Map(before).set(id, rest));
    }
    if (event.type === 'backtest.progress' && heard.data?.status === 'running') return;
    // Several at once, as when many are queued, need one look.
    timer.current ??= setTimeout(() => {
      timer.current = null;
      router.refresh();
    }, 150);
  });
  useRefreshWhile(anyUnderWay, POLL);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  return news;
}

/** The newer of what the page says and what was heard: a run that is over stays over. */
export function freshest(
  row: Pick<BacktestDto, 'status' | 'progress' | 'cancel_requested'>,
  heard: RunNews | undefined,
): RunNews {
  const order = (status: BacktestDto['status']) =>
    status === 'queued' ? 0 : status === 'running' ? 1 : 2;
  if (!heard || order(row.status) > order(heard.status)) return row;
  const progress = Math.max(row.progress, heard.progress);
  return { ...heard, progress, cancel_requested: row.cancel_requested || heard.cancel_requested };
}
