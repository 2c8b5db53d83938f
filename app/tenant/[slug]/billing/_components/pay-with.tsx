'use client';

import { CreditCard, Wallet } from 'lucide-react';
import { SegmentedControl } from '@/components/ui/radio-group';
import type { BillingOverview } from '@/lib/domains/billing';

export type Gateway = BillingOverview['gateways'][number];

const ways = {
  stripe: { name: 'Card', Icon: CreditCard },
  paypal: { name: 'PayPal', Icon: Wallet },
} as const;

function label(gateway: Gateway) {
  const { name, Icon } = ways[gateway];
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
  gateways: readonly Gateway[];
  value: Gateway;
  onChange: (gateway: Gateway) => void;
}) {
  if (gateways.length < 2) return null;
  return (
    <SegmentedControl
      legend="Pay with"
      options={gateways.map((gateway) => ({ value: gateway, label: label(gateway) }))}
      value={value}
      onChange={onChange}
    />
  );
}
