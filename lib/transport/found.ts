import { notFound } from 'next/navigation';
import { isDomainError } from '@/lib/kernel/errors';

/** For pages: what isn't there, or belongs to somebody else, leads to the "not found" page. */
export async function foundOrNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not_found') notFound();
    throw error;
  }
}
