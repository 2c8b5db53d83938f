import { z } from 'zod';
import { addressLines } from './address-lines';
import { countryCodes, countryName } from './countries';
import { normaliseTaxId, taxIdKinds, type TaxIdType, taxIdTypes } from './tax-ids';

export { addressLines, countryCodes, countryName, taxIdKinds, type TaxIdType, taxIdTypes };

/** As many as a provider keeps for a customer. */
export const MOST_TAX_IDS = 5;

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .transform((typed) => typed || null)
    .nullable()
    .default(null);

const addressInput = z.strictObject({
  line1: z.string().trim().min(1, 'Enter street and number.').max(200, 'At most 200 characters.'),
  line2: text(200),
  postal_code: text(20),
  city: text(100),
  state: text(100),
  country: z.enum(countryCodes, 'Choose a country.'),
});
export type BuyerAddress = z.output<typeof addressInput>;

const taxIdInput = z
  .strictObject({ type: z.enum(taxIdTypes), value: z.string().max(40, 'At most 40 characters.') })
  .transform(({ type, value }) => ({ type, value: normaliseTaxId(type, value) }))
  .superRefine(({ type, value }, check) => {
    const { format, label, example } = taxIdKinds[type];
    if (format.test(value)) return;
    const message = `${label}s are written like ${example}.`;
    check.addIssue({
      code: 'custom',
      path: ['value'],
      message,
      params: { code: 'tax_id_invalid' },
    });
  });

export const billingDetailsInput = z.strictObject({
  /** Null: the organisation's own name. */
  company_name: text(200),
  address: addressInput.nullable().default(null),
  tax_ids: z
    .array(taxIdInput)
    .max(MOST_TAX_IDS, `At most ${MOST_TAX_IDS} tax ids.`)
    .refine(
      (ids) => new Set(ids.map(({ type, value }) => `${type} ${value}`)).size === ids.length,
      'One tax id stands here twice.',
    )
    .default([]),
});
/** Who invoices are made out to, as it is kept. */
export type Buyer = z.output<typeof billingDetailsInput>;

export const billingDetailsDto = z.object({
  company_name: z.string().nullable(),
  address: z
    .object({
      line1: z.string(),
      line2: z.string().nullable(),
      postal_code: z.string().nullable(),
      city: z.string().nullable(),
      state: z.string().nullable(),
      country: z.string(),
    })
    .nullable(),
  tax_ids: z.array(z.object({ type: z.enum(taxIdTypes), value: z.string() })),
  /** The payment provider is yet to be told. */
  being_changed: z.boolean(),
});
/** What was checked when it was given: ids of a kind that is written otherwise by now can still be read. */
export const storedBuyer = billingDetailsDto.omit({ being_changed: true });

export type BillingDetailsDto = z.infer<typeof billingDetailsDto>;
