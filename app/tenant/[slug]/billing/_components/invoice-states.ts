import type { Tone } from '@/components/ui/badge';
import type { InvoiceDto } from '@/lib/domains/billing';

export const invoiceStates: Record<InvoiceDto['status'], { tone: Tone; word: string }> = {
  open: { tone: 'warning', word: 'To be paid' },
  paid: { tone: 'positive', word: 'Paid' },
  uncollectible: { tone: 'negative', word: 'Not collected' },
  void: { tone: 'neutral', word: 'Void' },
};
