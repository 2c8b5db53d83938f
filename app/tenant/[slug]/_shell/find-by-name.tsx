import { CandlestickChart, FlaskConical, ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import type { ShellCommand } from '@/components/patterns/shell/shell-types';
import { formatTime } from '@/components/ui/figure-format';
import { readerNow } from '@/components/ui/use-reader';
import { ApiProblem, apiFetch } from '@/lib/client/api-fetch';

const MOST_OF_A_KIND = 4;

const named = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });
const runs = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      symbol: z.string(),
      timeframe: z.string(),
      created_at: z.string(),
    }),
  ),
});
const instruments = z.object({ data: z.array(z.object({ symbol: z.string(), name: z.string() })) });

const found = (id: string, label: string, href: string, icon: ReactNode): ShellCommand => ({
  id,
  label,
  group: 'Found',
  href,
  icon,
});

/** What a role may not list is not there for it. */
async function permitted<T>(list: Promise<{ data: T[] }>): Promise<T[]> {
  try {
    return (await list).data;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 403) return [];
    throw error;
  }
}

/** Strategies, instruments and back-tests whose name has the text in it, a few of each kind. */
export async function findByName(tenant: string, text: string): Promise<ShellCommand[]> {
  const query = new URLSearchParams({ search: text, limit: String(MOST_OF_A_KIND) });
  const [strategies, symbols, backtests] = await Promise.all([
    permitted(apiFetch(`/strategies?${query}`, named, { tenant })),
    permitted(apiFetch(`/instruments?${query}`, instruments, { tenant })),
    permitted(apiFetch(`/backtests?${query}`, runs, { tenant })),
  ]);
  return [
    ...strategies.map(({ id, name }) => found(id, name, `/strategies/${id}`, <ScrollText />)),
    ...symbols.map(({ symbol, name }) =>
      found(
        symbol,
        name === symbol ? symbol : `${symbol}, ${name}`,
        `/market-data/${encodeURIComponent(symbol)}`,
        <CandlestickChart />,
      ),
    ),
    ...backtests.map(({ id, name, symbol, timeframe, created_at }) =>
      found(
        id,
        `${name} on ${symbol} ${timeframe}, ${formatTime(new Date(created_at), 'minute', readerNow())}`,
        `/backtests/${id}`,
        <FlaskConical />,
      ),
    ),
  ];
}
