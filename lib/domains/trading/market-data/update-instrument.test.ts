import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addInstrument,
  csvFile,
  type MemberCtx,
  memberOf,
  tradingTenant,
  uploadCsv,
} from '@/lib/testing/trading-world';
import { deleteInstrument, getInstrument, listInstruments, updateInstrument } from '.';
import { createInstrumentInput, listInstrumentsQuery } from './schemas';

const database = useTestDatabase();
let admin: pg.Client;
let ctx: MemberCtx;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

beforeEach(async () => {
  ctx = await tradingTenant();
});

const list = (query = {}) => listInstruments(ctx, listInstrumentsQuery.parse(query));
const actions = async () =>
  (
    await admin.query<{ action: string }>(
      `SELECT action FROM audit_event WHERE tenant_id = $1 AND object_type = 'instrument' ORDER BY id`,
      [ctx.tenantId],
    )
  ).rows.map(({ action }) => action);

describe('an instrument', () => {
  it('is made, changed and removed, with a trace of each', async () => {
    expect(await addInstrument(ctx, 'eurusd', { kind: 'fx', point: 0.0001 })).toMatchObject({
      symbol: 'EURUSD',
      name: 'EURUSD',
      kind: 'fx',
      currency: 'USD',
      point: 0.0001,
      timezone: 'UTC',
      read_only: false,
      series: [],
    });
    await uploadCsv(ctx, 'EURUSD', csvFile(5));
    const changed = await updateInstrument(ctx, 'eurusd', { name: 'Euro against dollar' });
    expect(changed).toMatchObject({ name: 'Euro against dollar', series: [{ bars: 5 }] });
    await deleteInstrument(ctx, 'EURUSD');
    await expect(getInstrument(ctx, 'EURUSD')).rejects.toMatchObject({ kind: 'not_found' });
    const left = await admin.query('SELECT 1 FROM bar_chunk WHERE tenant_id = $1', [ctx.tenantId]);
    expect(left.rowCount).toBe(0);
    expect(await actions()).toEqual([
      'instrument.created',
      'instrument.bars_uploaded',
      'instrument.updated',
      'instrument.deleted',
    ]);
  });

  it('is there once, whoever is quicker', async () => {
    const tries = await Promise.allSettled([addInstrument(ctx, 'AAA'), addInstrument(ctx, 'AAA')]);
    const refused = tries.filter((one) => one.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { kind: 'conflict', code: 'symbol_taken' } }]);
    await expect(addInstrument(ctx, 'spx')).rejects.toMatchObject({ code: 'symbol_reserved' });
  });

  it('that comes with the platform stays as it is', async () => {
    const refusal = { kind: 'forbidden', code: 'read_only_instrument' };
    await expect(updateInstrument(ctx, 'SPX', { name: 'Mine' })).rejects.toMatchObject(refusal);
    await expect(deleteInstrument(ctx, 'SPX')).rejects.toMatchObject(refusal);
  });

  it('belongs to one tenant and its roles', async () => {
    await addInstrument(ctx, 'AAA');
    const other = await tradingTenant();
    await expect(getInstrument(other, 'AAA')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(deleteInstrument(other, 'AAA')).rejects.toMatchObject({ kind: 'not_found' });
    await addInstrument(other, 'AAA');
    const viewer = memberOf(ctx.tenantId, 'viewer');
    await expect(addInstrument(viewer, 'BBB')).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(updateInstrument(viewer, 'AAA', { name: 'x' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(deleteInstrument(viewer, 'AAA')).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await getInstrument(viewer, 'AAA')).symbol).toBe('AAA');
    const clerk = memberOf(ctx.tenantId, 'billing');
    await expect(getInstrument(clerk, 'AAA')).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

it('lists newest first and what is bundled last, page by page', async () => {
  for (const symbol of ['AAA', 'BBB', 'CCC']) await addInstrument(ctx, symbol);
  const first = await list({ limit: 2 });
  expect(first.data.map(({ symbol }) => symbol)).toEqual(['CCC', 'BBB']);
  const second = await list({ limit: 2, cursor: first.next_cursor });
  expect(second.data.map(({ symbol }) => symbol)).toEqual(['AAA', 'SPX']);
  expect(second.next_cursor).toBeNull();
  expect((await list({ search: 'bb' })).data).toHaveLength(1);
  await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_cursor' });
});

it.each([
  [{ symbol: '' }, 'symbol'],
  [{ symbol: 'A/B' }, 'symbol'],
  [{ symbol: 'ＡＡＡ' }, 'symbol'],
  [{ symbol: 'A', kind: 'bond' }, 'kind'],
  [{ symbol: 'A', currency: '$' }, 'currency'],
  [{ symbol: 'A', point: 0 }, 'point'],
  [{ symbol: 'A', timezone: 'Mars/Phobos' }, 'timezone'],
  [{ symbol: 'A', name: '' }, 'name'],
])('refuses %o at %s', (input, field) => {
  const parsed = createInstrumentInput.safeParse(input);
  expect(parsed.error?.issues[0]?.path).toEqual([field]);
});
