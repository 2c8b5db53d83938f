import { createSign, type KeyObject, randomBytes } from 'node:crypto';

/** DER: one tag, the length, the content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const bytes: number[] = [];
  for (let rest = content.length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  const long = content.length > 127;
  const length = long ? [0x80 | bytes.length, ...bytes] : [content.length];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const utf8 = (text: string) => der(0x0c, Buffer.from(text));
const time = (date: Date) => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));

/** sha256WithRSAEncryption (1.2.840.113549.1.1.11), and commonName (2.5.4.3). */
const SHA256_WITH_RSA = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));

/**
 * A self-signed X.509 certificate (version 3) as PEM, good from 2020 to 2099 so that no clock of a test runs out of it.
 * Node can read certificates and not make them; this is RFC 5280's structure and nothing more.
 */
export function certificateOf(privateKey: KeyObject, publicKey: KeyObject, name: string): string {
  const subject = sequence(der(0x31, sequence(COMMON_NAME, utf8(name))));
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(8)]);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    SHA256_WITH_RSA,
    subject,
    sequence(time(new Date(Date.UTC(2020, 0, 1))), time(new Date(Date.UTC(2099, 0, 1)))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('RSA-SHA256').update(body).sign(privateKey);
  const whole = sequence(body, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
