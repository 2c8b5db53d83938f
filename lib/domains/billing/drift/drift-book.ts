import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import type { Drift } from './schemas';

type Row = NonNullable<Awaited<ReturnType<Tx['billingDrift']['findFirst']>>>;

/** What a difference is of. */
export type DriftSubject = { subscriptionId: string } | { invoiceId: string };

const keyOf = (of: { subscriptionId?: string | null; invoiceId?: string | null }) =>
  of.subscriptionId ?? of.invoiceId ?? '';

/** A tenant's differences as they are kept for operators. The caller holds the tenant's billing lock. */
export class DriftBook {
  private readonly tx: Tx;
  private readonly ctx: Ctx;
  private readonly rows: Map<string, Row>;

  private constructor(tx: Tx, ctx: Ctx, rows: readonly Row[]) {
    this.tx = tx;
    this.ctx = ctx;
    this.rows = new Map(rows.map((row) => [keyOf(row), row]));
  }

  static async open(tx: Tx, ctx: Ctx): Promise<DriftBook> {
    const { tenantId } = ctx;
    return new DriftBook(tx, ctx, await tx.billingDrift.findMany({ where: { tenantId } }));
  }

  /** Keeps what differs now: a new row for another difference, none where nothing differs. */
  async keep(subject: DriftSubject, drift: readonly Drift[]): Promise<void> {
    const { tenantId } = this.ctx;
    const key = keyOf(subject);
    const before = this.rows.get(key);
    if (before && isDeepStrictEqual(before.fields, drift)) return;
    if (before) {
      await this.tx.billingDrift.delete({ where: { tenantId_id: { tenantId, id: before.id } } });
      this.rows.delete(key);
    }
    if (drift.length === 0) return;
    const now = this.ctx.clock.now();
    const row = await this.tx.billingDrift.create({
      data: {
        tenantId,
        id: newId(now.getTime()),
        ...subject,
        fields: [...drift],
        foundAt: before?.foundAt ?? now,
      },
    });
    this.rows.set(key, row);
    log().warn({ tenantId, ...subject, drift }, 'billing differs from the provider');
  }
}
