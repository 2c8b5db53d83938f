import { createHash } from 'node:crypto';
import { ApiError } from '@/sandbox/http/errors';
import type { StoredAnswer } from '@/sandbox/http/stored-answer';
import type { Store } from '@/sandbox/stripe/store';

/** Tells a repeated request from another one under the same key. */
export function fingerprint(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');
}

/** The answer already given for a key. Throws when the key was used for another request. */
export function replay(store: Store, key: string, print: string): StoredAnswer | undefined {
  const known = store.find('_answer', key);
  if (known && known.fingerprint !== print)
    throw new ApiError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  return known;
}
