import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { newId, publicId } from '@/lib/kernel/ids';
import { issueAsTest, invoiceLine, invoiceTenant } from '@/lib/testing/invoice-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { documentAnswer } from '@/lib/transport/document-answer';
import { getInvoicePdf } from '.';

// The first document waits for the thread and its fonts.
vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

const boxes = (pdf: Uint8Array) =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/MediaBox \[([^\]]+)\]/g),
  ].map(([, box]) => box);

let tenant: Awaited<ReturnType<typeof invoiceTenant>>;
beforeEach(async () => {
  tenant = await invoiceTenant(admin);
});

async function issue(parts: Parameters<typeof issueAsTest>[2] = {}): Promise<string> {
  const { ctx } = tenant;
  const row = await withTenant(ctx, (tx) => issueAsTest(tx, ctx, parts));
  return publicId('invoice', row.id);
}

describe('an invoice on paper', () => {
  it('comes on A4 and on Letter, the same bytes for the same document', async () => {
    const id = await issue();
    const a4 = await getInvoicePdf(tenant.ctx, id, 'a4');
    const letter = await getInvoicePdf(tenant.ctx, id, 'letter');
    expect(a4.fileName).toMatch(/^invoice-NZ-\d{4}-\d{6}\.pdf$/);
    expect(a4.digest).not.toBe(letter.digest);
    expect(boxes(await a4.print())).toEqual(['0 0 595.28 841.89']);
    expect(boxes(await letter.print())).toEqual(['0 0 612 792']);
    const again = await getInvoicePdf(tenant.ctx, id, 'a4');
    expect(again.digest).toBe(a4.digest);
    // The very same document, not another one like it: it was kept.
    expect(await again.print()).toBe(await a4.print());
  });

  it('takes as many pages as its lines need', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => ({
      ...invoiceLine,
      description: `Line ${index + 1}`,
    }));
    const id = await issue({ lines });
    const { print } = await getInvoicePdf(tenant.ctx, id, 'a4');
    expect(boxes(await print()).length).toBeGreaterThan(1);
  });

  it.each(['image/svg+xml', 'image/webp', 'image/png', 'image/jpeg'])(
    'carries a logo that is %s',
    async (contentType) => {
      const id = await issue();
      const plain = await (await getInvoicePdf(tenant.ctx, id, 'a4')).print();
      await tenant.logo('light', contentType, await picture(contentType));
      const branded = await (await getInvoicePdf(tenant.ctx, id, 'a4')).print();
      const pictures = (pdf: Uint8Array) =>
        Buffer.from(pdf).toString('latin1').split('/Subtype /Image').length - 1;
      expect(pictures(plain)).toBe(0);
      expect(pictures(branded)).toBeGreaterThan(0);
    },
  );

  it('has the name in place of a logo that can’t be read', async () => {
    await tenant.logo('light', 'image/webp', Buffer.from('RIFF no picture at all'));
    const { print } = await getInvoicePdf(tenant.ctx, await issue(), 'a4');
    expect(boxes(await print())).toHaveLength(1);
  });

  it('embeds a font for every script of a name', async () => {
    const names = [
      'Größe & Söhne GmbH',
      '株式会社日本橋',
      '서울 주식회사',
      '北京证券',
      'Ελλάς',
      'Київ',
    ];
    const id = await issue({ buyer: { name: names.join(' '), address: names } });
    const text = Buffer.from(await (await getInvoicePdf(tenant.ctx, id, 'a4')).print()).toString(
      'latin1',
    );
    for (const font of ['NotoSans-', 'NotoSansJP', 'NotoSansKR', 'NotoSansHans']) {
      expect(text).toContain(font);
    }
  });
});

describe('who may have it', () => {
  it('is not there for another tenant, and not for a role without billing', async () => {
    const id = await issue();
    const stranger = await invoiceTenant(admin);
    for (const [ctx, wanted, refusal] of [
      [stranger.ctx, id, { kind: 'not_found' }],
      [tenant.ctx, publicId('invoice', newId()), { kind: 'not_found' }],
      [tenant.as('trader'), id, { code: 'forbidden' }],
    ] as const) {
      await expect(getInvoicePdf(ctx, wanted, 'a4')).rejects.toMatchObject(refusal);
    }
  });

  it('is not sent again to who has it, and is sent again when it was paid', async () => {
    const id = await issue();
    const ask = async (etag?: string) =>
      documentAnswer(
        new Request('http://localhost/pdf', etag ? { headers: { 'if-none-match': etag } } : {}),
        await getInvoicePdf(tenant.ctx, id, 'a4'),
      );
    const first = await ask();
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await first.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-');
    expect((await ask(etag)).status).toBe(304);
    await admin.query(
      `UPDATE invoice SET status = 'paid', amount_paid = amount_due, paid_at = now() WHERE tenant_id = $1`,
      [tenant.ctx.tenantId],
    );
    expect((await ask(etag)).status).toBe(200);
  });
});

async function picture(contentType: string): Promise<Buffer> {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#aa0000"/></svg>',
  );
  if (contentType === 'image/svg+xml') return svg;
  return sharp(svg)
    .toFormat(contentType.slice('image/'.length) as 'png' | 'jpeg' | 'webp')
    .toBuffer();
}
