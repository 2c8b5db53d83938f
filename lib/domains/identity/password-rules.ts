import type { FieldError } from '@/lib/kernel/errors';
import { commonPasswords } from './common-passwords';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The same few characters over and over, or a run along alphabet or digits. */
function isTrivial(password: string): boolean {
  if (new Set(password).size <= 3) return true;
  const codes = Array.from(password, (char) => char.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0));
  // 9 is followed by 0 on the keyboard.
  const up = steps.every((step) => step === 1 || step === -9);
  return up || steps.every((step) => step === -1 || step === 9);
}

/**
 * What is wrong with a new password, for the field `path`; null when nothing is. Length counts, not
 * sorts of characters; what everybody tries first is refused (NIST SP 800-63B).
 */
export function passwordFault(
  password: string,
  about: { email: string; name?: string },
  path = 'password',
): FieldError | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) {
    const message = `A password has at least ${PASSWORD_MIN} characters; a short sentence is easy to keep in mind.`;
    return { path, code: 'too_small', message };
  }
  if (length > PASSWORD_MAX) {
    return { path, code: 'too_big', message: `A password has at most ${PASSWORD_MAX} characters.` };
  }
  const core = bare(password);
  const [local = ''] = about.email.split('@');
  const own = [about.email, local, about.name ?? ''].map(bare).filter((word) => word.length > 0);
  if (
    own.some((word) => core === word || (word.length >= 5 && core.replace(word, '').length < 4))
  ) {
    const message =
      'This password is made of your own name or address. Choose one nobody can guess.';
    return { path, code: 'password_personal', message };
  }
  if (commonPasswords.has(core) || isTrivial(password)) {
    const message = 'This password is one of the first that attackers try. Choose another.';
    return { path, code: 'password_common', message };
  }
  return null;
}
