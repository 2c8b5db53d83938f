'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTransition } from 'react';
import { Select } from '@/components/ui/select';
import type { Books } from '@/lib/domains/revenue/schemas';

const SPANS = [12, 24, 36, 60].map((n) => ({ value: String(n), label: `${n} months` }));

const BOOKS: { value: Books['tenants']; label: string }[] = [
  { value: 'live', label: 'Live tenants' },
  { value: 'sandbox', label: 'Sandbox tenants' },
];

/** How many months are shown, of whom and in which currency, in the address. */
export function RevenueControls({
  months,
  books: { tenants, currency },
  currencies,
}: {
  months: number;
  books: Books;
  currencies: readonly string[];
}) {
  const router = useRouter();
  const path = usePathname();
  const address = useSearchParams();
  const [pending, start] = useTransition();
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    next.set(name, value);
    // The other books may have none of this currency.
    if (name === 'tenants') next.delete('currency');
    start(() => router.replace(`${path}?${next}`, { scroll: false }));
  };
  const known = SPANS.some(({ value }) => value === String(months));
  return (
    <div aria-busy={pending} className="flex flex-wrap items-center gap-2">
      <Select
        size="sm"
        aria-label="Books"
        value={tenants}
        options={BOOKS}
        onChange={(event) => choose('tenants', event.target.value)}
      />
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
