import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import type { AddOnDto, SubscriptionDto } from '@/lib/domains/billing';
import { QueryProvider } from '@/lib/client/query-provider';
import { AddOnsCard } from './add-ons-card';

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }));

const addOn = {
  key: 'extra_member',
  name: 'Extra member',
  most: 20,
  plans: ['professional'],
  gives: { members: 1 },
  prices: { monthly: { amount: 1_500, currency: 'usd' } },
} as unknown as AddOnDto;

function shown(status: SubscriptionDto['status'], quantity: number): string {
  const subscription = {
    id: 'sub_1',
    status,
    plan_id: 'professional',
    billing_cycle: 'monthly',
    being_changed: false,
    waiting_change: null,
    current_period_end: '2026-12-23T10:00:00.000Z',
    add_ons: quantity > 0 ? [{ key: 'extra_member', quantity }] : [],
  } as unknown as SubscriptionDto;
  return renderToStaticMarkup(
    <QueryProvider>
      <AddOnsCard addOns={[addOn]} subscription={subscription} mayChange />
    </QueryProvider>,
  );
}

describe('the add-ons of a subscription', () => {
  it('can be changed while it is paid', () => {
    expect(shown('active', 0)).toContain('What you add begins at once');
    expect(shown('active', 0)).toContain('One more: Extra member');
  });

  it('are shown and promised no change while it rests', () => {
    const paused = shown('paused', 2);
    expect(paused).toContain('Extra member');
    expect(paused).not.toContain('begins at once');
    expect(paused).not.toContain('One more');
  });

  it('are left out where there are none and none can be had', () => {
    expect(shown('paused', 0)).toBe('');
  });
});
