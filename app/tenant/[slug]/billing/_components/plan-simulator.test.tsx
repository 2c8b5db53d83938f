import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { PlanSimulation } from '@/lib/domains/billing/simulation/schemas';
import { PlanSimulator } from './plan-simulator';

const usd = (amount: number) => ({ amount, currency: 'usd' });

const option = (plan_id: string, version: number, current: boolean) => ({
  plan_id,
  plan_name: plan_id === 'starter' ? 'Starter' : 'Professional',
  version,
  billing_cycle: 'monthly',
  current,
  price: usd(4_900),
  overage: null,
  difference: usd(0),
  limits_hit: [],
  features_gained: [],
  features_lost: [],
});

function rows(options: ReturnType<typeof option>[]): string[] {
  const simulation = {
    months: 3,
    from: '2026-08-25T00:00:00.000Z',
    to: '2026-11-25T00:00:00.000Z',
    complete: true,
    paid: usd(4_900),
    options,
  } as unknown as PlanSimulation;
  const shown = renderToStaticMarkup(<PlanSimulator simulation={simulation} base="" />);
  return [...shown.matchAll(/<tr[^>]*>(.*?)<\/tr>/g)]
    .map(
      ([, row]) =>
        row
          ?.replaceAll(/<[^>]*>/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim() ?? '',
    )
    .slice(1);
}

describe('what other plans would have cost', () => {
  it('tells a version of long ago from the one that is on sale', () => {
    const [own, sold, other] = rows([
      option('starter', 1, true),
      option('starter', 2, false),
      option('professional', 1, false),
    ]);
    expect(own).toMatch(/^Starter monthly Yours/);
    expect(sold).toMatch(/^Starter monthly as sold now/);
    expect(other).not.toContain('as sold now');
  });

  it('says nothing of versions where there is one', () => {
    const all = rows([option('starter', 1, true), option('professional', 1, false)]).join('\n');
    expect(all).toContain('Yours');
    expect(all).not.toContain('as sold now');
  });
});
