import { html, type Markup } from '@/sandbox/pages/html';

const TONES: Record<string, string> = {
  active: 'good',
  paid: 'good',
  succeeded: 'good',
  delivered: 'good',
  complete: 'good',
  ready: 'good',
  trialing: 'warn',
  open: 'warn',
  pending: 'warn',
  incomplete: 'warn',
  draft: 'warn',
  paused: 'warn',
  past_due: 'bad',
  unpaid: 'bad',
  failed: 'bad',
  uncollectible: 'bad',
};

/** A state in words; colour only repeats what the word says. */
export function pill(status: string | null): Markup {
  const words = (status ?? 'unknown').replaceAll('_', ' ');
  return html`<span class="pill ${TONES[status ?? ''] ?? ''}">${words}</span>`;
}
