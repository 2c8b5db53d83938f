import { keyedHash, randomToken } from '@/lib/infra/crypto';
import type { Tx } from '@/lib/infra/db';

const COUNT = 10;
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 16 of 31 letters: 79 random bits, which nobody guesses at five tries in a quarter of an hour. */
function newCode(): string {
  const bytes = Buffer.from(randomToken(64), 'base64url');
  // Bytes past the last whole multiple of the alphabet would favour its beginning.
  const fair = [...bytes].filter((byte) => byte < 248);
  const letters = fair.slice(0, 16).map((byte) => ALPHABET[byte % ALPHABET.length]);
  return letters.join('').replace(/.{4}(?=.)/g, '$&-');
}

const hashOf = (code: string) =>
  keyedHash('operator-recovery', code.toLowerCase().replace(/[^a-z0-9]/g, ''));

/** Replaces all codes of an operator; they are shown this once and kept as hashes. */
export async function replaceRecoveryCodes(
  tx: Tx,
  operatorId: string,
  now: Date,
): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await tx.operatorRecoveryCode.deleteMany({ where: { operatorId } });
  await tx.operatorRecoveryCode.createMany({
    data: codes.map((code) => ({ operatorId, codeHash: hashOf(code), createdAt: now })),
  });
  return codes;
}

/** Uses a code up, by a conditional update: of many at once one succeeds. */
export async function takeRecoveryCode(
  tx: Tx,
  { operatorId, code, now }: { operatorId: string; code: string; now: Date },
): Promise<boolean> {
  const { count } = await tx.operatorRecoveryCode.updateMany({
    where: { operatorId, codeHash: hashOf(code), usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}

/** Takes the authenticator app and every recovery code away. */
export async function forgetAuthenticator(tx: Tx, operatorId: string, now: Date): Promise<void> {
  await tx.platformOperator.update({
    where: { id: operatorId },
    data: { totpSecret: null, totpConfirmedAt: null, totpStep: null, updatedAt: now },
  });
  await tx.operatorRecoveryCode.deleteMany({ where: { operatorId } });
}

export const countRecoveryCodes = (tx: Tx, operatorId: string): Promise<number> =>
  tx.operatorRecoveryCode.count({ where: { operatorId, usedAt: null } });
