import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { InvoiceLineFacts } from '@/lib/domains/billing/invoice-lines';
import {
  type InvoiceRow,
  issueInvoice,
  type NewInvoice,
} from '@/lib/domains/billing/invoice-store';
import type { Party } from '@/lib/domains/billing/invoice-parties';
import type { InvoiceStatus } from '@/lib/domains/billing/schemas';
import type { Tx } from '@/lib/infra/db';
import type { Role } from '@/lib/kernel/access';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';

export const invoiceLine: InvoiceLineFacts = {
  kind: 'period',
  itemKey: 'professional',
  description: '1 × NeoZork Professional',
  quantity: 1,
  unitAmount: '19900',
  amount: 19_900,
  discount: 0,
  tax: 0,
  periodStart: new Date('2031-01-01T00:00:00Z'),
  periodEnd: new Date('2031-02-01T00:00:00Z'),
  proration: null,
  usage: null,
  providerId: null,
};

type Parts = Partial<Omit<NewInvoice, 'buyer'>> & {
  status?: InvoiceStatus;
  buyer?: Partial<Party>;
  lines?: readonly InvoiceLineFacts[];
};

/** Issues an invoice whose sums follow from its lines, of the year 2031 unless said otherwise. */
export function issueAsTest(tx: Tx, ctx: Ctx, parts: Parts = {}): Promise<InvoiceRow> {
  const { status = 'open', buyer, lines = [invoiceLine], ...rest } = parts;
  const sum = (of: (line: InvoiceLineFacts) => number) =>
    BigInt(lines.reduce((total, line) => total + of(line), 0));
  const subtotal = sum((line) => line.amount);
  const discount = sum((line) => line.discount);
  const tax = sum((line) => line.tax);
  const total = subtotal - discount + tax;
  const day = new Date('2031-01-01T00:00:00Z');
  const invoice: NewInvoice = {
    subscriptionId: null,
    currency: 'usd',
    subtotal,
    discount,
    tax,
    total,
    balanceApplied: total < 0n ? total : 0n,
    amountPaid: 0n,
    amountDue: total < 0n ? 0n : total,
    buyer: { name: 'Acme', address: [], tax_ids: [], email: null, ...buyer },
    gateway: 'stripe',
    providerId: null,
    providerNumber: null,
    hostedUrl: null,
    issuedAt: day,
    dueAt: null,
    paidAt: null,
    createdAt: day,
    ...rest,
  };
  return issueInvoice(tx, ctx, newId(), status, invoice, lines);
}

/** A tenant that exists by its row alone, and people of any role in it. */
export async function invoiceTenant(admin: pg.Client) {
  const tenantId = newId();
  const slug = `t-${tenantId.slice(-12)}`;
  await admin.query(
    `INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
     VALUES ($1, $2, $2, 'Acme', 'small_business', 'active', now(), now(), now())`,
    [tenantId, slug],
  );
  const as = (role: Role): Ctx => ({
    tenantId,
    actor: {
      kind: 'member',
      userId: newId(),
      role,
      sessionId: newId(),
      via: 'cookie',
      emailVerified: true,
    },
    requestId: 'req_test_invoice',
    clock: systemClock,
    ip: null,
    userAgent: null,
  });
  const logo = async (variant: 'light' | 'dark', contentType: string, bytes: Buffer) => {
    const id = crypto.randomUUID();
    await admin.query(
      `INSERT INTO tenant_asset (tenant_id, id, kind, content_type, sha256, bytes, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, now())`,
      [
        tenantId,
        id,
        `logo_${variant}`,
        contentType,
        createHash('sha256').update(bytes).digest('hex'),
        bytes,
      ],
    );
    await admin.query('UPDATE tenant SET branding = branding || $2 WHERE id = $1', [
      tenantId,
      JSON.stringify({ [`logo_${variant}`]: id }),
    ]);
  };
  return { ctx: as('owner'), as, logo };
}
