import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { certificateOf } from '@/sandbox/paypal/certificate';
import { newId } from '@/sandbox/paypal/ids';
import type { PayPalTables } from '@/sandbox/paypal/records';
import type { Store } from '@/sandbox/stripe/store';

type Key = PayPalTables['paypal.key'];
export type Transmission = { id: string; time: string; webhook: string };

/** The key of this sandbox with its certificate, made when it is first needed and kept with the state. */
export function signingKey(store: Store): Key {
  const [known] = store.all('paypal.key');
  if (known) return known;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return store.put('paypal.key', {
    id: newId('CERT'),
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: certificateOf(privateKey, publicKey, 'Local PayPal sandbox'),
  });
}

/** What is signed: the checksum is over the bytes of the body as sent, in decimal. */
function messageOf({ id, time, webhook }: Transmission, body: string): string {
  return `${id}|${time}|${webhook}|${crc32(body)}`;
}

/** RSA with SHA-256, in base64. */
export function signTransmission(key: Key, transmission: Transmission, body: string): string {
  return createSign('RSA-SHA256')
    .update(messageOf(transmission, body))
    .sign(key.private_key, 'base64');
}

export function verifyTransmission(
  key: Key,
  transmission: Transmission,
  body: string,
  signature: string,
): boolean {
  const verify = createVerify('RSA-SHA256').update(messageOf(transmission, body));
  return verify.verify(key.certificate, signature, 'base64');
}
