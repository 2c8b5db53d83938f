'use server';

import { revalidatePath } from 'next/cache';
import {
  createQuote,
  quoteCreateBody,
  quoteDraftForm,
  quoteSendInput,
  quoteWithdrawInput,
  saveQuoteDraft,
  sendQuote,
  withdrawQuote,
} from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

const refresh = () => revalidatePath('/admin/quotes', 'layout');
const shared = { admits: ['proved', 'off'], permission: 'money:write' } as const;

/** Begins a quote that nobody asked for, and leads to its editor. */
export const createQuoteAction = defineOperatorAction(
  { ...shared, name: 'quotes.create', input: quoteCreateBody },
  async ({ ctx, input }) => {
    const quote = await createQuote(ctx, input);
    refresh();
    return { data: null, href: `/admin/quotes/${quote.id}` };
  },
);

export const saveQuoteDraftAction = defineOperatorAction(
  { ...shared, name: 'quotes.save-draft', input: quoteDraftForm },
  async ({ ctx, input }) => {
    await saveQuoteDraft(ctx, input);
    refresh();
    return { data: null, message: 'Draft saved; nothing is sent yet' };
  },
);

export const sendQuoteAction = defineOperatorAction(
  { ...shared, name: 'quotes.send', input: quoteSendInput },
  async ({ ctx, input }) => {
    const { number, revision } = await sendQuote(ctx, input);
    refresh();
    return { data: null, message: `${number}, revision ${revision}, is with the customer` };
  },
);

export const withdrawQuoteAction = defineOperatorAction(
  { ...shared, name: 'quotes.withdraw', input: quoteWithdrawInput },
  async ({ ctx, input }) => {
    const { number } = await withdrawQuote(ctx, input);
    refresh();
    return { data: null, message: `${number} is withdrawn` };
  },
);
