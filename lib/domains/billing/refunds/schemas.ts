import { z } from 'zod';
import { moneyDto } from '../schemas';

/**
 * requested: waits for a second operator · approved: goes to the payment provider · sent: the provider has it ·
 * done: given back · refused: by an operator · failed: the provider or the bank said no.
 */
export const refundStatuses = [
  'requested',
  'approved',
  'sent',
  'done',
  'refused',
  'failed',
] as const;
export const refundStatusSchema = z.enum(refundStatuses);
export type RefundStatus = z.infer<typeof refundStatusSchema>;

/**
 * inquiry: the bank asks, nothing is taken yet · needs_response, under_review: the money is held · won: it came
 * back · lost: it is gone · closed: the bank asked no further.
 */
export const disputeStatuses = [
  'inquiry',
  'needs_response',
  'under_review',
  'won',
  'lost',
  'closed',
] as const;
export const disputeStatusSchema = z.enum(disputeStatuses);
export type DisputeStatus = z.infer<typeof disputeStatusSchema>;

/** What a provider may tell of only by events. */
export const mentionKinds = ['refund', 'dispute'] as const;
export type MentionKind = (typeof mentionKinds)[number];

const time = z.iso.datetime();

/** What its organisation sees of a refund: nothing before it is approved, nor who of us did what. */
export const refundDto = z.object({
  id: z.string(),
  amount: moneyDto,
  status: z.enum(['pending', 'succeeded', 'failed']),
  reason: z.string(),
  credit_note_id: z.string().nullable(),
  created_at: time,
});
export type RefundDto = z.infer<typeof refundDto>;

/** A line's share of what was given back, in minor units: less discounts, without tax. */
export const noteLineSchema = z.object({
  /** The invoice's line, from 0. */
  position: z.int(),
  description: z.string(),
  amount: z.int(),
});
export type NoteLine = z.infer<typeof noteLineSchema>;

export const creditNoteDto = z.object({
  id: z.string(),
  /** One series over all gateways, without gaps: `NZC-2026-000001`. */
  number: z.string(),
  invoice_id: z.string(),
  refund_id: z.string(),
  /** `void`: the bank sent the money back, so that nothing was refunded after all. */
  status: z.enum(['issued', 'void']),
  amount: moneyDto,
  /** The part of it that is tax. */
  tax: moneyDto,
  lines: z.array(z.object({ position: z.int(), description: z.string(), amount: moneyDto })),
  reason: z.string(),
  issued_at: time,
});
export type CreditNoteDto = z.infer<typeof creditNoteDto>;

export const disputeDto = z.object({
  id: z.string(),
  amount: moneyDto,
  status: disputeStatusSchema,
  /** The bank's word for why. */
  reason: z.string(),
  respond_by: time.nullable(),
  opened_at: time,
  closed_at: time.nullable(),
});
export type DisputeDto = z.infer<typeof disputeDto>;

/** What came of an invoice's money after it was paid, each newest first. */
export const moneyBackDto = z.object({
  /** What was given back. */
  amount_refunded: moneyDto,
  refunds: z.array(refundDto),
  credit_notes: z.array(creditNoteDto),
  disputes: z.array(disputeDto),
});
export type MoneyBack = z.infer<typeof moneyBackDto>;
