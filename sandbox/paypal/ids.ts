import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An id of PayPal's form, such as `I-BW452GLLEP1G`; without a prefix 17 characters, as of orders and captures. */
export function newId(prefix?: 'PROD' | 'P' | 'I' | 'BA' | 'WH' | 'CERT' | 'PP-D'): string {
  const token = (length: number) =>
    Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return prefix ? `${prefix}-${token(prefix === 'I' ? 12 : 17)}` : token(17);
}
