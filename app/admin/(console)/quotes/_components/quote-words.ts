import type { Tone } from '@/components/ui/badge';
import type { AdminQuoteRow } from '@/lib/domains/operator/quotes/schemas';

/** How operators call a quote's status, and its tone. */
export const quoteStatusWords: Record<AdminQuoteRow['status'], { tone: Tone; word: string }> = {
  requested: { tone: 'warning', word: 'Requested' },
  draft: { tone: 'info', word: 'Draft' },
  sent: { tone: 'info', word: 'Sent' },
  accepted: { tone: 'positive', word: 'Accepted' },
  declined: { tone: 'negative', word: 'Declined' },
  expired: { tone: 'neutral', word: 'Expired' },
  withdrawn: { tone: 'neutral', word: 'Withdrawn' },
};

/** The last day of a quote as an instant. */
export const lastDay = (day: string | null) => day && `${day}T00:00:00Z`;
