'use client';

import { CreditCard, Wallet } from 'lucide-react';
import { SegmentedControl } from '@/components/ui/radio-group';
import type { BillingOverview } from '@/lib/domains/billing';

export type WayToPay = BillingOverview['gateways'][number];

const ways = {
  stripe: { name: 'Card', Icon: CreditCard },
  paypal: { name: 'PayPal', Icon: Wallet },
} as const;

function label(way: WayToPay['name']) {
  const { name, Icon } = ways[way];
  return (
    <>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {name}
    </>
  );
}

/** How a plan is paid; nothing to choose where there is one way. */
export function PayWith({
  gateways,
  value,
  onChange,
}: {
  gateways: readonly WayToPay[];
  value: WayToPay['name'];
  onChange: (name: WayToPay['name']) => void;
}) {
  if (gateways.length < 2) return null;
  return (
    <SegmentedControl
      legend="Pay with"
      options={gateways.map(({ name }) => ({ value: name, label: label(name) }))}
      value={value}
      onChange={onChange}
    />
  );
}
