import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { env } from '../env';

/** SHA-256 in hexadecimal; enough for secrets that carry at least 128 random bits. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 of what is read piece by piece. */
export const startSha256 = () => createHash('sha256');

/** A random, URL-safe token with `bytes` × 8 bits. */
export function randomToken(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

/** HMAC-SHA-256 with a key derived from AUTH_SECRET for one purpose. */
export function keyedHash(purpose: string, text: string): string {
  const key = createHmac('sha256', env().authSecret).update(purpose).digest();
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Whether two texts are the same, in a time that doesn’t tell where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * AES-256-GCM. `place` (table, column, row) is authenticated, so that a ciphertext moved elsewhere
 * doesn't open. Layout: length of key id, key id, 12 bytes of nonce, 16 of tag, ciphertext.
 */
export function encrypt(plain: Uint8Array, place: string): Buffer {
  const [key] = env().encryptionKeys;
  if (!key) throw new Error('no encryption key');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.key, nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const id = Buffer.from(key.id);
  return Buffer.concat([Buffer.from([id.length]), id, nonce, cipher.getAuthTag(), body]);
}

/** Opens what `encrypt` sealed at the same place. Throws when it was altered or moved. */
export function decrypt(sealed: Uint8Array, place: string): Buffer {
  const bytes = Buffer.from(sealed);
  const idEnd = 1 + (bytes[0] ?? 0);
  const id = bytes.subarray(1, idEnd).toString();
  const key = env().encryptionKeys.find((candidate) => candidate.id === id);
  if (!key) throw new Error(`unknown encryption key ${id}`);
  const nonce = bytes.subarray(idEnd, idEnd + 12);
  const tag = bytes.subarray(idEnd + 12, idEnd + 28);
  const decipher = createDecipheriv('aes-256-gcm', key.key, nonce)
    .setAAD(Buffer.from(place))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(idEnd + 28)), decipher.final()]);
}
