import type { ReactNode } from 'react';
import { addOnWords } from '@/components/billing/add-on-words';
import { Money, Percent } from '@/components/ui/figures';
import type { AdminDrift } from '@/lib/domains/operator/drift/schemas';
import { planWord } from '../../../_components/status-words';

type Difference = AdminDrift['differences'][number];

const names: Record<Difference['field'], string> = {
  terms: 'Plan and add-ons',
  next: 'What follows at the period’s end',
  end: 'Cancellation',
  paused: 'Pause',
  status: 'Status',
  currency: 'Currency',
  subtotal: 'Subtotal',
  discount: 'Discount',
  tax: 'Tax',
  total: 'Total',
  line: 'Line',
};

/** “Plan”, or which line of an invoice. */
export const differenceName = ({ field, about }: Difference) =>
  about === null ? names[field] : `${names[field]} “${about}”`;

const ends: Record<string, string> = {
  none: 'goes on',
  period_end: 'ends with the period',
  now: 'ended',
};

type Terms = {
  planId: string;
  planVersion: number;
  billingCycle: string;
  /** Missing in what was found before add-ons were sold. */
  addOns?: { key: string; quantity: number }[];
};

const isTerms = (value: unknown): value is Terms =>
  typeof value === 'object' && value !== null && 'planId' in value;

type Discount = {
  code: string | null;
  off: { basisPoints: number } | { amount: number; currency: string };
};

const isDiscount = (value: unknown): value is Discount =>
  typeof value === 'object' && value !== null && 'off' in value;

const discountWords = ({ code, off }: Discount): ReactNode => (
  <>
    {'basisPoints' in off ? <Percent value={off.basisPoints / 100} /> : <Money value={off} />} off
    {code ? `, code ${code}` : null}
  </>
);

/** One side of a difference in words. */
export function sideWords(
  { field }: Difference,
  value: Difference['ours'],
  currency: string | null,
): ReactNode {
  if (isTerms(value)) {
    const plan = `${planWord(value.planId)} v${value.planVersion}, ${value.billingCycle}`;
    return value.addOns?.length ? `${plan}, with ${addOnWords(value.addOns)}` : plan;
  }
  if (isDiscount(value)) return discountWords(value);
  if (value === null) return field === 'line' ? 'no rule gives it' : 'nothing';
  if (typeof value === 'boolean') return value ? 'paused' : 'not paused';
  if (typeof value === 'number')
    return <Money value={{ amount: value, currency: currency ?? 'usd' }} />;
  if (typeof value !== 'string') return JSON.stringify(value);
  return field === 'end' ? (ends[value] ?? value) : value.replaceAll('_', ' ');
}
