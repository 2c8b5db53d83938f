'use server';

import { z } from 'zod';
import {
  acceptQuote,
  acceptQuoteInput,
  declineQuote,
  declineQuoteInput,
  requestQuote,
  requestQuoteInput,
} from '@/lib/domains/billing';
import { getTenant } from '@/lib/domains/tenancy';
import { defineAction } from '@/lib/transport/define-action';
import { tenantBase } from '@/lib/transport/page-ctx';
import { blankAsAbsent } from '@/lib/kernel/blank-as-absent';
import { refreshShell } from '../../refresh-shell';

export const requestQuoteAction = defineAction(
  { name: 'quotes.request', access: 'tenant', whileSuspended: true, input: requestQuoteInput },
  async ({ ctx, input }) => {
    const data = await requestQuote(ctx, input);
    const base = await tenantBase((await getTenant(ctx)).slug);
    refreshShell();
    return {
      data,
      href: `${base}/billing/quotes/${data.id}`,
      message: 'Your request is with us. You get a mail as soon as the quote is ready.',
    };
  },
);

const one = { quote_id: z.string() };
export const acceptQuoteAction = defineAction(
  {
    name: 'quotes.accept',
    access: 'tenant',
    whileSuspended: true,
    input: acceptQuoteInput.extend(one),
  },
  async ({ ctx, input: { quote_id, ...answer } }) => {
    const data = await acceptQuote(ctx, quote_id, answer);
    refreshShell();
    return { data, message: `Quote ${data.number} is accepted.` };
  },
);

export const declineQuoteAction = defineAction(
  {
    name: 'quotes.decline',
    access: 'tenant',
    whileSuspended: true,
    input: declineQuoteInput.extend({
      ...one,
      reason: z.preprocess(blankAsAbsent, declineQuoteInput.shape.reason),
    }),
  },
  async ({ ctx, input: { quote_id, ...answer } }) => {
    const data = await declineQuote(ctx, quote_id, answer);
    refreshShell();
    return { data, message: `Quote ${data.number} is declined.` };
  },
);
