import { DomainError, isDomainError } from '@/lib/kernel/errors';

/** What PayPal answered instead of doing what it was asked. `issue` is its first detail, else its name. */
export class PayPalError extends Error {
  override name = 'PayPalError';
  readonly status: number;
  readonly issue: string;
  readonly debugId: string | null;

  constructor(status: number, issue: string, message: string, debugId: string | null) {
    super(`PayPal ${status} ${issue}: ${message}`);
    this.status = status;
    this.issue = issue;
    this.debugId = debugId;
  }
}

/** By its name: it may have been thrown by another bundle of this process, with classes of its own. */
function isPayPalError(error: unknown): error is PayPalError {
  return error instanceof Error && error.name === 'PayPalError' && 'issue' in error;
}

/** Whether PayPal doesn't know what it was asked about. */
export function isPayPalMissing(error: unknown): boolean {
  const raw = isDomainError(error) ? error.cause : error;
  return isPayPalError(raw) && raw.status === 404;
}

/** What was asked for, or null when PayPal doesn't know it. */
export async function orMissing<T>(ask: Promise<T>): Promise<T | null> {
  try {
    return await ask;
  } catch (error) {
    if (isPayPalMissing(error)) return null;
    throw error;
  }
}

/** Whether our app lacks the permission for what it asked. */
export function isPayPalForbidden(error: unknown): boolean {
  const raw = isDomainError(error) ? error.cause : error;
  return isPayPalError(raw) && raw.status === 403;
}

/** Whether PayPal understood a call and its rules don't allow it; what is missing counts too. */
export function isPayPalRefusal(error: unknown): boolean {
  const raw = isDomainError(error) ? error.cause : error;
  return isPayPalError(raw) && [400, 404, 409, 422].includes(raw.status);
}

/** 503 for callers, which jobs try again. */
export const payPalAway = (cause: unknown) =>
  new DomainError(
    'unavailable',
    'payment_provider_unavailable',
    'PayPal can’t be reached just now. Try again in a minute: nothing is charged twice.',
    { cause },
  );
