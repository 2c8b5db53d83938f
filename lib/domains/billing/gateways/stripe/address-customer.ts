import { callStripe, stripeErrorCode } from '@/lib/infra/stripe';
import { invalidField } from '@/lib/kernel/errors';
import type { Gateway, NamedBuyer } from '../port';

type Parts = Partial<
  Record<'line1' | 'line2' | 'postal_code' | 'city' | 'state' | 'country', string>
>;

/** The parts of an address that are there: none is told as nothing. */
function partsOf(address: object | null | undefined): Parts {
  return Object.fromEntries(Object.entries(address ?? {}).filter(([, part]) => part));
}

/** Parts of an address are merged there, so one that lost a part is taken away before it is set. */
async function setAddress(customer: string, { address, company_name, name }: NamedBuyer) {
  const known = await callStripe((stripe) => stripe.customers.retrieve(customer));
  const before = known.deleted ? {} : partsOf(known.address);
  const wanted = partsOf(address);
  const fewer = Object.keys(before).some((part) => !(part in wanted));
  if (fewer) {
    await callStripe((stripe) => stripe.customers.update(customer, { address: '' }));
  }
  await callStripe((stripe) =>
    stripe.customers.update(customer, {
      name: company_name ?? name,
      ...(address ? { address: wanted } : {}),
    }),
  );
}

async function addTaxId(
  customer: string,
  { type, value }: NamedBuyer['tax_ids'][number],
  path: string,
): Promise<void> {
  try {
    await callStripe((stripe) => stripe.customers.createTaxId(customer, { type, value }));
  } catch (error) {
    if (stripeErrorCode(error) !== 'tax_id_invalid') throw error;
    throw invalidField(
      path,
      'tax_id_invalid',
      'The payment provider doesn’t take this tax id. Check it; nothing was changed.',
    );
  }
}

/** Compared with what is there, so that it may be repeated; the old go first, for a customer has room for a few. */
export const addressCustomer: NonNullable<Gateway['addressCustomer']> = async (customer, buyer) => {
  await setAddress(customer, buyer);
  const { data } = await callStripe((stripe) =>
    stripe.customers.listTaxIds(customer, { limit: 100 }),
  );
  // Spaces may be kept there otherwise than they were given.
  const keyOf = ({ type, value }: { type: string; value: string }) =>
    `${type} ${value.replaceAll(' ', '')}`;
  const wanted = new Set(buyer.tax_ids.map(keyOf));
  const there = new Set(data.map(keyOf));
  for (const old of data.filter((each) => !wanted.has(keyOf(each)))) {
    await callStripe((stripe) => stripe.customers.deleteTaxId(customer, old.id));
  }
  for (const [index, id] of buyer.tax_ids.entries()) {
    if (!there.has(keyOf(id))) await addTaxId(customer, id, `tax_ids[${index}].value`);
  }
};
