import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  providerTime,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  billingDetailsForm,
  billingDetailsInput,
  convergeBilling,
  getBillingDetails,
  getInvoicePdf,
  listInvoices,
  setBillingDetails,
} from '..';
import { pushBuyerInBackground } from './push-buyer';
import { taxIdKinds, type TaxIdType, taxIdTypes } from './schemas';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
/** As often as the client tries one call. */
const TRIES = 3;
let tenant: NewTenant;
let ctx: Ctx;
let ahead = 0;

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
});

const wanted = billingDetailsInput.parse({
  company_name: 'Acme Handels GmbH',
  address: { line1: 'Lindenweg 7', postal_code: '10115', city: 'Berlin', country: 'DE' },
  tax_ids: [{ type: 'eu_vat', value: 'de 123 456 789' }],
});
const buyer = {
  name: 'Acme Handels GmbH',
  address: ['Lindenweg 7', '10115 Berlin', 'Germany'],
  tax_ids: ['DE123456789'],
};
const customer = async () =>
  (
    await world.admin.query<{ customer_id: string }>(
      'SELECT customer_id FROM billing_customer WHERE tenant_id = $1',
      [ctx.tenantId],
    )
  ).rows[0]?.customer_id ?? '';
const atStripe = async () => {
  const known = await stripe().customers.retrieve(await customer());
  const ids = await stripe().customers.listTaxIds(await customer());
  return {
    name: known.deleted ? null : known.name,
    city: known.deleted ? null : (known.address?.city ?? null),
    ids: ids.data.map(({ type, value }) => `${type} ${value}`).sort(),
  };
};

describe('billing details', () => {
  it('stand on the invoices that come, and not on those that were issued', async () => {
    await subscribe(ctx);
    expect(await setBillingDetails(ctx, wanted)).toEqual({ ...wanted, being_changed: false });
    await providerTime(world, (ahead += 32));
    await convergeBilling(ctx);
    const [renewal, first] = (await listInvoices(ctx, { limit: 5 })).data;
    expect(renewal?.buyer).toMatchObject({ ...buyer, tax_treatment: null });
    expect(first?.buyer).toMatchObject({ name: 'Acme', address: [], tax_ids: [] });
    const pdf = await getInvoicePdf(ctx, renewal?.id ?? '', 'a4');
    expect((await pdf.print()).byteLength).toBeGreaterThan(1_000);
  });

  it('given before anything is bought stand on the first invoice', async () => {
    await setBillingDetails(ctx, wanted);
    await subscribe(ctx);
    const [first] = (await listInvoices(ctx, { limit: 5 })).data;
    expect(first?.buyer).toMatchObject(buyer);
    expect((await getBillingDetails(ctx)).being_changed).toBe(false);
  });

  it('are told whole: what is taken out is gone there too', async () => {
    await subscribe(ctx);
    await setBillingDetails(ctx, wanted);
    expect(await atStripe()).toEqual({
      name: 'Acme Handels GmbH',
      city: 'Berlin',
      ids: ['eu_vat DE123456789'],
    });
    const other = billingDetailsInput.parse({
      tax_ids: [
        { type: 'gb_vat', value: 'GB123456789' },
        { type: 'us_ein', value: '12-3456789' },
      ],
    });
    await setBillingDetails(ctx, other);
    expect(await atStripe()).toEqual({
      name: 'Acme',
      city: null,
      ids: ['gb_vat GB123456789', 'us_ein 12-3456789'],
    });
    world.calls.splice(0);
    await setBillingDetails(ctx, other);
    expect(world.calls).toEqual([]);
    const actions = await auditActions(world, ctx);
    expect(actions.filter((each) => each === 'billing_details.changed')).toHaveLength(2);
  });

  it('leave a tax id alone whose spaces the provider keeps otherwise', async () => {
    await subscribe(ctx);
    const swiss = { tax_ids: [{ type: 'ch_vat', value: 'CHE-123.456.789 MWST' }] };
    await setBillingDetails(ctx, billingDetailsInput.parse(swiss));
    world.calls.splice(0);
    await setBillingDetails(ctx, billingDetailsInput.parse({ ...swiss, company_name: 'Acme AG' }));
    expect(world.calls.filter((call) => /^(POST|DELETE) .*tax_ids/.test(call))).toEqual([]);
    expect(await atStripe()).toMatchObject({
      name: 'Acme AG',
      ids: [expect.stringMatching(/^ch_vat CHE-123/)],
    });
  });

  it('say what the provider does about tax', async () => {
    await subscribe(ctx);
    await setBillingDetails(ctx, wanted);
    await stripe().customers.update(await customer(), { tax_exempt: 'reverse' });
    await providerTime(world, (ahead += 32));
    await convergeBilling(ctx);
    const [renewal] = (await listInvoices(ctx, { limit: 5 })).data;
    expect(renewal?.buyer).toMatchObject({ ...buyer, tax_treatment: 'reverse_charge' });
  });

  it.each(['before', 'after'] as const)(
    'go on when the provider fails %s any step',
    async (when) => {
      await subscribe(ctx);
      for (let skip = 0; ; skip += 1) {
        await setBillingDetails(ctx, billingDetailsInput.parse({}));
        const trouble = world.trouble({ path: '/v1/', when, times: TRIES, writes: true, skip });
        const answer = await setBillingDetails(ctx, wanted);
        const struck = trouble.times === 0;
        trouble.times = 0;
        expect(answer.being_changed).toBe(struck);
        await pushBuyerInBackground(ctx);
        await pushBuyerInBackground(ctx);
        expect(await atStripe()).toMatchObject({ city: 'Berlin', ids: ['eu_vat DE123456789'] });
        expect((await getBillingDetails(ctx)).being_changed).toBe(false);
        if (struck) continue;
        expect(skip).toBeGreaterThan(1);
        break;
      }
    },
  );

  it('are the last that were given, though the provider is slow with the ones before', async () => {
    await subscribe(ctx);
    const named = (name: string) => billingDetailsInput.parse({ company_name: name });
    let second: Promise<unknown> = Promise.resolve();
    // Held before it reaches the provider, until long after the second was asked for.
    const slow = world.trouble({
      path: '/v1/customers/',
      when: 'before',
      times: 1,
      writes: true,
      breaks: false,
      meanwhile: async () => {
        second = setBillingDetails(ctx, named('Second'));
        await sleep(1_500);
      },
    });
    await setBillingDetails(ctx, named('First'));
    expect(slow.times).toBe(0);
    await second;
    expect(await atStripe()).toMatchObject({ name: 'Second' });
    expect(await getBillingDetails(ctx)).toMatchObject({
      company_name: 'Second',
      being_changed: false,
    });
  });

  it('wait for one who is telling, are left to the job, and outlive one who died of it', async () => {
    await subscribe(ctx);
    const turn = (until: string) =>
      world.admin.query(
        `UPDATE billing_customer SET buyer_turn_until = now() + $2::interval WHERE tenant_id = $1`,
        [ctx.tenantId, until],
      );
    await turn('1 minute');
    expect(await setBillingDetails(ctx, wanted)).toMatchObject({ being_changed: true });
    await expect(pushBuyerInBackground(ctx)).rejects.toMatchObject({ code: 'billing_busy' });
    expect(await atStripe()).toMatchObject({ city: null });
    await turn('-1 second');
    await pushBuyerInBackground(ctx);
    expect(await atStripe()).toMatchObject({ city: 'Berlin' });
    expect((await getBillingDetails(ctx)).being_changed).toBe(false);
  });

  it('that the provider refuses are set back', async () => {
    await subscribe(ctx);
    await setBillingDetails(ctx, wanted);
    await stripe().customers.del(await customer());
    const other = billingDetailsInput.parse({ company_name: 'Somebody else' });
    await expect(setBillingDetails(ctx, other)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'provider_refused',
    });
    expect(await getBillingDetails(ctx)).toMatchObject({ company_name: 'Acme Handels GmbH' });
    expect(await auditActions(world, ctx)).toContain('billing_details.refused');
  });

  it('are nobody’s to change or see without the right', async () => {
    await expect(setBillingDetails(tenant.as('trader'), wanted)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(setBillingDetails(tenant.as('viewer'), wanted)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await setBillingDetails(ctx, wanted);
    const stranger = await createTenant(world);
    expect(await getBillingDetails(stranger.ctx)).toMatchObject({
      company_name: null,
      tax_ids: [],
    });
  });
});

describe('a tax id', () => {
  const faults = (type: string, value: string) =>
    billingDetailsInput.safeParse({ tax_ids: [{ type, value }] }).error?.issues ?? [];

  it.each(taxIdTypes)('%s is written as its example says, and not otherwise', (type: TaxIdType) => {
    const { example } = taxIdKinds[type];
    expect(faults(type, ` ${example.toLowerCase()} `)).toEqual([]);
    for (const wrong of ['', 'X', `${example}9999`, example.slice(2)]) {
      expect(faults(type, wrong).map(({ path }) => path.join('.'))).toEqual(['tax_ids.0.value']);
    }
  });

  it.each([
    ['AT', 'ATU12345678', 'AT12345678'],
    ['FR', 'FR12123456789', 'FRIO123456789'],
    ['NL', 'NL123456789B01', 'NL123456789'],
    ['IE', 'IE1234567WA', 'IE12345678'],
    ['EL', 'EL123456789', 'GR123456789'],
    ['none of the Union', 'PL1234567890', 'XX123456789'],
  ])('of %s', (_, right, wrong) => {
    expect(faults('eu_vat', right)).toEqual([]);
    expect(faults('eu_vat', wrong)).toHaveLength(1);
  });

  it('stands once, and five are the most', () => {
    const ids = (count: number, same = false) => ({
      tax_ids: Array.from({ length: count }, (_, index) => ({
        type: 'us_ein',
        value: `12-345678${same ? 0 : index}`,
      })),
    });
    expect(billingDetailsInput.safeParse(ids(5)).success).toBe(true);
    expect(billingDetailsInput.safeParse(ids(6)).success).toBe(false);
    expect(billingDetailsInput.safeParse(ids(2, true)).success).toBe(false);
  });
});

describe('the form', () => {
  const blank = {
    company_name: '',
    'address.line1': '',
    'address.line2': '',
    'address.postal_code': '',
    'address.city': '',
    'address.state': '',
    'address.country': '',
    'tax_ids[0].type': 'eu_vat',
    'tax_ids[0].value': '',
  };

  it('left empty asks for nothing', () => {
    expect(billingDetailsForm.parse(blank)).toEqual({
      company_name: null,
      address: null,
      tax_ids: [],
    });
  });

  it('says what is missing beside its field', () => {
    const { error } = billingDetailsForm.safeParse({
      ...blank,
      'address.city': 'Berlin',
      'tax_ids[0].value': 'nonsense',
    });
    expect(error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'address.country',
      'address.line1',
      'tax_ids.0.value',
    ]);
  });
});
