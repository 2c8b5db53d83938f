import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/lib/testing/test-database';
import { invoicesOf } from '../billing-oracle/invoices';
import { compareThroughProduct, firstMonth } from './compare';
import { lifeOf } from './generate';
import { type Product, startProduct } from './product';
import { rerun } from './rerun';

/** Between them these have changes, a pause, a trial, a coupon, overage and its correction. */
const SEEDS = [41, 48, 49];

const database = useTestDatabase();
let product: Product;
beforeAll(async () => {
  product = await startProduct(database.adminUrl);
}, 120_000);
afterAll(() => product.stop());

describe('the product and the oracle', () => {
  it('make the same invoices of 3 lives over 3 months, and a rerun changes nothing', async () => {
    const lives = { seeds: SEEDS, months: 3, atATime: 3 };
    const { differences, invoices } = await compareThroughProduct(product, lives);
    expect(differences).toEqual([]);
    expect(invoices).toBeGreaterThan(8);
    const again = await rerun(product);
    expect(again.told).toBeGreaterThan(invoices);
    expect(again.difference).toBe(null);
  }, 300_000);
});

describe('the lives that are lived', () => {
  const lives = Array.from({ length: 200 }, (_, index) =>
    lifeOf(index + 1, firstMonth(new Date(), 24), 24),
  );

  it('have everything that the product sells and everybody does', () => {
    const acts = new Set(lives.flatMap((life) => life.acts.map((act) => act.do)));
    expect([...acts].sort()).toEqual([
      'cancel',
      'change',
      'discount',
      'keep',
      'overage',
      'pause',
      'reading',
      'resume',
    ]);
    const lines = lives.flatMap((life) => invoicesOf(life).flatMap((invoice) => invoice.lines));
    expect([...new Set(lines.map(({ kind }) => kind))].sort()).toEqual([
      'correction',
      'credit',
      'overage',
      'period',
      'remaining',
      'trial',
    ]);
    expect(lines.some(({ discount }) => discount > 0)).toBe(true);
    expect(lives.some(({ trialEnd }) => trialEnd !== null)).toBe(true);
  });

  it('are the same whenever they are asked for', () => {
    const first = firstMonth(new Date('2026-11-25T12:00:00Z'), 24);
    expect(lifeOf(7, first, 24)).toEqual(lifeOf(7, first, 24));
    expect(lifeOf(7, first, 24)).not.toEqual(lifeOf(8, first, 24));
  });
});
