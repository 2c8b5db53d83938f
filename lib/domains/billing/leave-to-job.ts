import { log } from '@/lib/infra/log';
import { isDomainError } from '@/lib/kernel/errors';

/** How long a request may take to finish at the provider before a job does it instead, in ms. */
export const RECOVERY_MS = 60_000;

/**
 * Does at the provider what was written down together with a job that does it too. While the provider is away it is left to
 * that job, and logged as `waits` with what it is about. Throws whatever else `work` throws.
 */
export async function orLeaveToJob(
  work: Promise<void>,
  about: Record<string, string>,
  waits: string,
): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isDomainError(error) || error.kind !== 'unavailable') throw error;
    log().warn({ err: error, ...about }, waits);
  }
}
