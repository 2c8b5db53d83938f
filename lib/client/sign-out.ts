import { z } from 'zod';
import { ApiProblem, apiFetch } from './api-fetch';

/**
 * Ends this sign-in, or all of the person's, and leaves by a full load, so that no page stays in memory.
 * No server action: Next would draw the page anew with its answer, for somebody who is gone. Answers
 * why it failed, if it did.
 */
export async function signOut(tenant: string, everywhere = false): Promise<string | undefined> {
  try {
    if (everywhere) {
      const path = '/auth/sessions?include_current=true';
      await apiFetch(path, z.unknown(), { tenant, method: 'DELETE' });
    } else {
      await apiFetch('/auth/logout', z.undefined(), { tenant, method: 'POST' });
    }
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status !== 401) return error.message;
  }
  window.location.assign('/sign-in');
  return undefined;
}
