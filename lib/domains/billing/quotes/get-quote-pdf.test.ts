import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { financeOperator, quoted, sendTo, sentQuoteFor } from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getQuotePdf } from '..';

// The first document waits for the thread and its fonts.
vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let operator: OperatorCtx;

beforeAll(async () => {
  operator = await financeOperator(world.admin);
});

const boxes = (pdf: Uint8Array) =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/MediaBox \[([^\]]+)\]/g),
  ].map(([, box]) => box);

describe('a quote on paper', () => {
  it('comes on A4 and on Letter, for its tenant’s readers alone, and is another when it is revised', async () => {
    const { ctx, as } = await createTenant(world);
    const sent = await sentQuoteFor(ctx, operator);
    const a4 = await getQuotePdf(ctx, sent.id, 'a4');
    expect(a4.fileName).toMatch(/^quote-NQ-\d{4}-\d{6}\.pdf$/);
    expect(boxes(await a4.print())).toEqual(['0 0 595.28 841.89']);
    const letter = await getQuotePdf(ctx, sent.id, 'letter');
    expect(boxes(await letter.print())).toEqual(['0 0 612 792']);
    await expect(getQuotePdf(as('trader'), sent.id, 'a4')).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const other = await createTenant(world);
    await expect(getQuotePdf(other.ctx, sent.id, 'a4')).rejects.toMatchObject({
      kind: 'not_found',
    });
    await sendTo(operator, sent, quoted({ price: 1_800_000 }));
    expect((await getQuotePdf(ctx, sent.id, 'a4')).digest).not.toBe(a4.digest);
  });

  it('takes as many pages as its terms need, be they one paragraph', async () => {
    const { ctx } = await createTenant(world);
    const terms = 'Whereas both sides agree that nothing of this is short. '.repeat(140).trim();
    const sent = await sentQuoteFor(ctx, operator, quoted({ terms }));
    const pdf = await (await getQuotePdf(ctx, sent.id, 'a4')).print();
    expect(boxes(pdf).length).toBeGreaterThan(1);
  });
});
