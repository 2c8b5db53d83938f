import type { Tone } from '@/components/ui/badge';
import type { QuoteDto } from '@/lib/domains/billing';

/** How a quote's state is called, and its tone. */
export const quoteStates: Record<QuoteDto['status'], { tone: Tone; word: string }> = {
  requested: { tone: 'info', word: 'Being written' },
  sent: { tone: 'warning', word: 'Waits for your answer' },
  accepted: { tone: 'positive', word: 'Accepted' },
  declined: { tone: 'neutral', word: 'Declined' },
  expired: { tone: 'neutral', word: 'Run out' },
  withdrawn: { tone: 'neutral', word: 'Withdrawn' },
};

/** "Billed annually" */
export const billedWords = {
  monthly: 'Billed monthly',
  quarterly: 'Billed quarterly',
  annual: 'Billed annually',
} as const;

/** The first instant of a day that carries no time. */
export const dayStart = (day: string) => `${day}T00:00:00Z`;
