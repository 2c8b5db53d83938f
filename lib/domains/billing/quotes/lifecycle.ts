import { conflict } from '@/lib/kernel/errors';
import type { QuoteStatus } from './schemas';

/** What moves a quote from one status to another, and where it leads. */
export const quoteTransitions = [
  { from: 'requested', by: 'draft saved', to: 'draft' },
  { from: 'requested', by: 'withdrawn', to: 'withdrawn' },
  { from: 'draft', by: 'sent', to: 'sent' },
  { from: 'draft', by: 'withdrawn', to: 'withdrawn' },
  { from: 'sent', by: 'revised', to: 'sent' },
  { from: 'sent', by: 'accepted', to: 'accepted' },
  { from: 'sent', by: 'declined', to: 'declined' },
  { from: 'sent', by: 'ran out', to: 'expired' },
  { from: 'sent', by: 'withdrawn', to: 'withdrawn' },
  { from: 'accepted', by: 'provider refused', to: 'sent' },
  { from: 'declined', by: 'revised', to: 'sent' },
  { from: 'expired', by: 'revised', to: 'sent' },
  { from: 'withdrawn', by: 'revised', to: 'sent' },
] as const satisfies readonly { from: QuoteStatus; by: string; to: QuoteStatus }[];

export type QuoteStep = (typeof quoteTransitions)[number]['by'];

export function allowsStep(status: QuoteStatus, step: QuoteStep): boolean {
  return quoteTransitions.some(({ from, by }) => from === status && by === step);
}

const nothingSent = {
  code: 'quote_requested',
  detail: 'Nothing was sent yet that could be answered.',
};

const refusals: Record<QuoteStatus, { code: string; detail: string }> = {
  requested: nothingSent,
  // Its customer knows of no draft.
  draft: nothingSent,
  sent: { code: 'quote_sent', detail: 'This quote is with the customer.' },
  accepted: {
    code: 'quote_accepted',
    detail: 'This quote was accepted already, so nothing about it changes any more.',
  },
  declined: {
    code: 'quote_declined',
    detail: 'This quote was declined. Ask for a new one if it is wanted after all.',
  },
  expired: {
    code: 'quote_expired',
    detail: 'This quote has run out, so that it can’t be answered any more. Ask for a new one.',
  },
  withdrawn: {
    code: 'quote_withdrawn',
    detail: 'This quote was withdrawn, so that it can’t be answered any more. Ask for a new one.',
  },
};

/** Throws a 409 that says what became of it, and what to do, when the status doesn't allow the step. */
export function requireStep(status: QuoteStatus, step: QuoteStep): void {
  if (allowsStep(status, step)) return;
  const { code, detail } = refusals[status];
  throw conflict(code, detail);
}
