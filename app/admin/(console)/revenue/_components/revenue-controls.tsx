'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTransition } from 'react';
import { Select } from '@/components/ui/select';

const SPANS = [12, 24, 36, 60].map((n) => ({ value: String(n), label: `${n} months` }));

/** How many months are shown, and of which currency, in the address. */
export function RevenueControls({
  months,
  currency,
  currencies,
}: {
  months: number;
  currency: string;
  currencies: readonly string[];
}) {
  const router = useRouter();
  const path = usePathname();
  const address = useSearchParams();
  const [pending, start] = useTransition();
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    next.set(name, value);
    start(() => router.replace(`${path}?${next}`, { scroll: false }));
  };
  const known = SPANS.some(({ value }) => value === String(months));
  return (
    <div aria-busy={pending} className="flex flex-wrap items-center gap-2">
      {currencies.length > 1 ? (
        <Select
          size="sm"
          aria-label="Currency"
          value={currency}
          options={currencies.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(event) => choose('currency', event.target.value)}
        />
      ) : null}
      <Select
        size="sm"
        aria-label="Period"
        value={String(months)}
        options={known ? SPANS : [{ value: String(months), label: `${months} months` }, ...SPANS]}
        onChange={(event) => choose('months', event.target.value)}
      />
    </div>
  );
}
