'use client';

import { Minus, Plus } from 'lucide-react';
import { cycleWords, writeLimit } from '@/components/marketing/plan-words';
import { Money } from '@/components/ui/figures';
import { IconButton } from '@/components/ui/icon-button';
import type { AddOnRow } from './add-on-rows';

const nouns = {
  strategies: ['strategy', 'strategies'],
  backtests_per_month: ['back-test a month', 'back-tests a month'],
  members: ['member', 'members'],
  api_calls_per_month: ['API call a month', 'API calls a month'],
  api_keys: ['API key', 'API keys'],
  storage_bytes: ['of storage', 'of storage'],
  requests_per_second: ['request a second', 'requests a second'],
  burst: ['request at once', 'requests at once'],
} as const;

/** "10 strategies", as one unit gives them. */
function givenBy({ gives }: AddOnRow['addOn']): string {
  const names = Object.keys(gives) as (keyof typeof nouns)[];
  return names
    .map((name) => {
      const value = gives[name] ?? 0;
      const [one, many] = nouns[name];
      const amount = writeLimit(name, value);
      return `${amount} ${value === 1 ? one : many}`;
    })
    .join(', ');
}

/** One add-on: what a unit gives and costs, and how many there are to be. */
export function AddOnStepper({
  row: { addOn, now, later },
  cycle,
  count,
  most,
  open,
  onCount,
}: {
  row: AddOnRow;
  cycle: 'monthly' | 'quarterly' | 'annual';
  count: number;
  most: number;
  open: boolean;
  onCount: (count: number) => void;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="text-base font-medium text-strong">{addOn.name}</p>
        <p className="text-sm text-muted">
          {givenBy(addOn)} for <Money value={addOn.prices[cycle]} whole /> {cycleWords[cycle]}
          {later === now ? null : `; ${now} until the period ends, then ${later}`}
        </p>
      </div>
      {open ? (
        <div className="flex items-center gap-2">
          <IconButton
            label={`One less: ${addOn.name}`}
            icon={<Minus />}
            variant="secondary"
            disabled={count === 0}
            onClick={() => onCount(count - 1)}
          />
          <output className="figures min-w-8 text-center text-base font-medium text-strong">
            {count}
          </output>
          <IconButton
            label={`One more: ${addOn.name}`}
            icon={<Plus />}
            variant="secondary"
            disabled={count >= most}
            onClick={() => onCount(count + 1)}
          />
        </div>
      ) : (
        <span className="figures text-base text-strong">{now}</span>
      )}
    </li>
  );
}
