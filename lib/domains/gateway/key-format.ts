import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * An API key: `nz_live_`, 33 random base-62 digits (196 bits), then the CRC-32 of all that in six
 * base-62 digits. The checksum tells a mistyped or invented key apart without a look at the
 * database, and lets secret scanners recognise a leaked one.
 */
const PREFIX = 'nz_live_';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_DIGITS = 33;
const CHECK_DIGITS = 6;
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_DIGITS + CHECK_DIGITS}}$`);

export function newApiKeySecret(): string {
  const body = PREFIX + randomDigits();
  return body + checksum(body);
}

/** Whether the text has the form and the checksum of a key; says nothing of its being known. */
export function isApiKeySecret(text: string): boolean {
  return SHAPE.test(text) && checksum(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS);
}

/** The part of a key that may be shown, so that its owner recognises it. */
export function shownPrefix(secret: string): string {
  return secret.slice(0, PREFIX.length + 4);
}

/** Bytes of 248 and more are thrown away, so that every digit is equally likely. */
function randomDigits(): string {
  let digits = '';
  while (digits.length < RANDOM_DIGITS) {
    for (const byte of randomBytes(RANDOM_DIGITS)) {
      if (byte < 248 && digits.length < RANDOM_DIGITS) digits += DIGITS[byte % 62];
    }
  }
  return digits;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let i = 0; i < CHECK_DIGITS; i++) {
    digits = DIGITS[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
