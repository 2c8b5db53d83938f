import { generateSecret, generateURI, verifySync } from 'otplib';
import { decrypt, encrypt } from '@/lib/infra/crypto';

/**
 * Time-based one-time passwords (RFC 6238): six digits, 30 seconds, SHA-1, because that is what every
 * authenticator app speaks. A code may be five seconds late and not early.
 */
const TOLERANCE_SECONDS: [number, number] = [5, 0];
const SECRET_BYTES = 20;

/** Where a sealed secret belongs; it opens nowhere else. */
const placeOf = (operatorId: string) => `platform_operator.totp_secret.${operatorId}`;

export const newTotpSecret = () => generateSecret({ length: SECRET_BYTES });

// Prisma takes bytes over a buffer of their own.
export const sealSecret = (secret: string, operatorId: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(encrypt(Buffer.from(secret), placeOf(operatorId)));

export const openSecret = (sealed: Uint8Array, operatorId: string): string =>
  decrypt(sealed, placeOf(operatorId)).toString();

/** What the QR code says to the app. */
export const totpUri = (email: string, secret: string): string =>
  generateURI({ issuer: 'NeoZork operators', label: email, secret });

/**
 * The time step of a right code that is later than `afterStep`; null for a wrong one, and for one
 * that was used.
 */
export function stepOfCode(
  code: string,
  { secret, afterStep, now }: { secret: string; afterStep: bigint | null; now: Date },
): bigint | null {
  // The library throws at a token of another length.
  if (!/^\d{6}$/.test(code)) return null;
  const result = verifySync({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: TOLERANCE_SECONDS,
    ...(afterStep === null ? {} : { afterTimeStep: Number(afterStep) }),
  });
  return result.valid && 'timeStep' in result ? BigInt(result.timeStep) : null;
}
