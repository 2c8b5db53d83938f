import { beforeEach, describe, expect, it, vi } from 'vitest';
import { publicId } from '@/lib/kernel/ids';
import { auditActions, useBillingWorld } from '@/lib/testing/billing-world';
import { RefundWorld } from '@/lib/testing/refund-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getCreditNotePaper, getInvoicePaper } from '..';

vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const money = new RefundWorld(world);
const { operators } = money;
beforeEach(() => money.pay());

const platformActs = async () =>
  (
    await world.admin.query<{ action: string }>(
      `SELECT action FROM platform_audit_event WHERE about_tenant_id = $1 AND action LIKE '%.downloaded' ORDER BY id`,
      [money.ctx.tenantId],
    )
  ).rows.map(({ action }) => action);

describe('a paper of a tenant', () => {
  it('is taken away by whoever looks, and both logs say so', async () => {
    const refund = await money.give(5_000);
    const invoice = await getInvoicePaper(operators.support, money.invoice.id, 'a4');
    const note = await getCreditNotePaper(operators.finance, refund.credit_note_id ?? '', 'letter');
    expect(invoice.fileName).toContain(money.invoice.number);
    expect(note.fileName).toContain(refund.credit_note);
    for (const paper of [invoice, note]) {
      expect(
        Buffer.from(await paper.print())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    const acts = ['invoice.downloaded', 'credit_note.downloaded'];
    expect(await platformActs()).toEqual(acts);
    expect(await auditActions(world, money.ctx)).toEqual(expect.arrayContaining(acts));
  });

  it('that there isn’t is nobody’s', async () => {
    const { tenantId } = money.ctx;
    for (const id of ['inv_nothing', publicId('invoice', tenantId), money.tenant.slug]) {
      const none = getInvoicePaper(operators.support, id, 'a4');
      await expect(none).rejects.toMatchObject({ kind: 'not_found' });
    }
    for (const id of [money.invoice.id, publicId('creditNote', tenantId)]) {
      const none = getCreditNotePaper(operators.support, id, 'a4');
      await expect(none).rejects.toMatchObject({ kind: 'not_found' });
    }
    expect(await platformActs()).toEqual([]);
  });
});
