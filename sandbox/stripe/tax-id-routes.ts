import type Stripe from 'stripe';
import { invalid, missing } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import type { Api } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import type { TaxId } from '@/sandbox/stripe/wire';

/** As many as a customer may have at Stripe. */
const MOST = 5;

/** Types whose numbers Stripe looks up with the tax office. */
const VERIFIED = new Set(['eu_vat', 'gb_vat', 'au_abn']);

const formats: Record<string, RegExp> = {
  eu_vat: /^[A-Z]{2}[A-Z0-9+*]{2,13}$/,
  gb_vat: /^(GB|XI)([0-9]{9}|[0-9]{12}|GD[0-9]{3}|HA[0-9]{3})$/,
  us_ein: /^[0-9]{2}-[0-9]{7}$/,
};

/** Stripe's numbers for tests: zeros are found, ones aren't, all others are still being looked up. */
function verificationOf(type: string, value: string): TaxId['verification'] {
  const of = (status: string, name: string | null = null) => ({
    status,
    verified_address: null,
    verified_name: name,
  });
  if (!VERIFIED.has(type)) return of('unavailable');
  if (value.includes('000000000')) return of('verified', 'Test');
  return value.includes('111111111') ? of('unverified') : of('pending');
}

export function taxIdsOf(api: Api, customer: string): TaxId[] {
  return api.store.all('tax_id').filter((each) => each.customer === customer);
}

function create(api: Api, customer: string, p: Stripe.CustomerCreateTaxIdParams): TaxId {
  api.require('customer', customer);
  const value = p.value.replaceAll(/\s/g, '');
  if (formats[p.type]?.test(value) === false)
    throw invalid(`Invalid value for ${p.type}.`, 'value', 'tax_id_invalid');
  if (taxIdsOf(api, customer).length >= MOST)
    throw invalid(`A customer can have at most ${MOST} tax IDs.`);
  const made: TaxId = {
    id: newId('txi'),
    object: 'tax_id',
    country: /^[A-Z]{2}/.exec(p.type.startsWith('eu_') ? value : p.type.toUpperCase())?.[0] ?? null,
    created: api.now(api.clockOf(customer)),
    customer,
    customer_account: null,
    livemode: false,
    owner: { customer, customer_account: null, type: 'customer' },
    type: p.type,
    value,
    verification: verificationOf(p.type, value),
  };
  api.store.put('tax_id', made);
  api.emit('customer.tax_id.created', made);
  return made;
}

function owned(api: Api, [customer = '', id = '']: string[]): TaxId {
  const found = api.store.find('tax_id', id);
  if (found?.customer !== customer) throw missing('tax id', id);
  return found;
}

export const taxIdRoutes = [
  route<Stripe.CustomerCreateTaxIdParams>(
    'POST /v1/customers/:id/tax_ids',
    'type value',
    (p, { api, id }) => create(api, id, p),
  ),
  listRoute(
    'GET /v1/customers/:id/tax_ids',
    '',
    'tax_id',
    (_: object, row, ids) => row.customer === ids[0],
  ),
  route('GET /v1/customers/:id/tax_ids/:id', '', (_, { api, ids }) => owned(api, ids)),
  route('DELETE /v1/customers/:id/tax_ids/:id', '', (_, { api, ids }) => {
    const gone = owned(api, ids);
    api.store.remove('tax_id', gone.id);
    api.emit('customer.tax_id.deleted', gone);
    return { id: gone.id, object: 'tax_id', deleted: true };
  }),
];
