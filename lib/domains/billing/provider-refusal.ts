import { conflict, type DomainError, isDomainError } from '@/lib/kernel/errors';

/** A provider's last word as an error of ours: 402 `payment_failed` and the like as they are, all else 409 `provider_refused`. */
export const asRefusal = (
  error: unknown,
  detail = 'The payment provider refused this change, so nothing was changed. Look at the subscription again, and ask us if it goes on.',
): DomainError => (isDomainError(error) ? error : conflict('provider_refused', detail));
