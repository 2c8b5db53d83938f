/**
 * Identifiers. Inside, every row has a UUID version 7 (sorted by time of creation); outside, the
 * same 128 bits are written as a prefix and 26 Crockford base-32 digits: `ten_06d1m8…`.
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const idPrefixes = {
  tenant: 'ten',
  user: 'usr',
  membership: 'mem',
  session: 'ses',
  subscription: 'sub',
  invoice: 'inv',
  refund: 'rfd',
  creditNote: 'crn',
  dispute: 'dsp',
  apiKey: 'key',
  instrument: 'ins',
  strategy: 'stg',
  backtest: 'bkt',
  audit: 'aud',
  request: 'req',
  meter: 'mtr',
  operator: 'opr',
  platformAudit: 'pau',
  drift: 'drf',
  quote: 'quo',
  discountRequest: 'dcr',
  planMove: 'mov',
} as const;

export type IdKind = keyof typeof idPrefixes;

let lastAsked = 0;
let lastMillis = 0;
let counter = 0;

/**
 * A new UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, a 12-bit counter, 62 random bits.
 * Ids of one process sort in the order in which they were made, as long as `now` doesn't go back.
 */
export function newId(now: number = Date.now()): string {
  // A full counter borrows from the next millisecond, and what was borrowed isn't given twice.
  const goesOn = now >= lastAsked && now <= lastMillis;
  counter = goesOn ? counter + 1 : Math.floor(Math.random() * 1024);
  if (!goesOn) lastMillis = now;
  if (counter > 0xfff) {
    counter = 0;
    lastMillis += 1;
  }
  lastAsked = now;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const millis = BigInt(lastMillis);
  for (let i = 0; i < 6; i++) bytes[i] = Number((millis >> BigInt(8 * (5 - i))) & 0xffn);
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** No id that was made at `millis` (ms since 1970) or later sorts before it. */
export function firstIdOf(millis: number): string {
  const hex = millis.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** When an id was made, in ms since 1970, as its maker's clock had it. */
export function idTime(uuid: string): number {
  return Number.parseInt(uuid.replace('-', '').slice(0, 12), 16);
}

/** `ten_…` for a UUID. Throws a TypeError when `uuid` isn't one. */
export function publicId(kind: IdKind, uuid: string): string {
  if (!UUID.test(uuid)) throw new TypeError(`not a UUID: ${uuid}`);
  let value = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let digits = '';
  for (let i = 0; i < 26; i++) {
    digits = ALPHABET[Number(value & 31n)] + digits;
    value >>= 5n;
  }
  return `${idPrefixes[kind]}_${digits}`;
}

/** The UUID behind a public id, or null when it isn't one of this kind. */
export function parsePublicId(kind: IdKind, id: string): string | null {
  const prefix = `${idPrefixes[kind]}_`;
  if (!id.startsWith(prefix) || id.length !== prefix.length + 26) return null;
  let value = 0n;
  for (const char of id.slice(prefix.length)) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return null;
    value = (value << 5n) | BigInt(digit);
  }
  if (value >> 128n) return null;
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether a text is a UUID as the database writes it: lower case, with dashes. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
