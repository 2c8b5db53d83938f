import { z } from 'zod';

const AMOUNT = 'Write an amount such as 199 or 199.50, or leave it empty.';

/** `199.50` as 19950; empty as null. */
export const amount = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.string().regex(/^(\d{1,8}(\.\d{1,2})?)?$/, AMOUNT))
  .transform((text) => {
    const [whole = '', part = ''] = text.split('.');
    return text === '' ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'));
  });

/** `12.5` or `12,5` as 1250: a figure that has to be there, in hundredths. */
export const figure = (pattern: RegExp, message: string) =>
  z
    .string()
    .trim()
    .regex(pattern, message)
    .transform((text) => Math.round(Number(text.replace(',', '.')) * 100));

/** Empty: unlimited. */
export const limit = z
  .string()
  .transform((text) => text.replaceAll(/[\s,_]/g, ''))
  .pipe(z.string().regex(/^\d{0,15}$/, 'Write a whole number, or leave it empty for unlimited.'))
  .transform((text) => (text === '' ? null : Number(text)));

/** One field for each name. */
export const each = <N extends string, S extends z.ZodType>(names: readonly N[], schema: S) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, schema])) as Record<N, S>);

/** `{ 'prices.monthly': … }` as `{ prices: { monthly: … } }`. */
export function nested(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null) return fields;
  const whole: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const [group = '', inner] = name.split('.');
    if (inner === undefined) whole[group] = value;
    else whole[group] = { ...(whole[group] as object | undefined), [inner]: value };
  }
  return whole;
}
