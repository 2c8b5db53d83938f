import { z } from 'zod';
import { adminQuote, quoteDraftBody, saveQuoteDraft } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const PUT = defineRoute(
  {
    platform: 'money:write',
    summary: 'Save what a quote’s next revision is to say; nothing is sent',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: quoteDraftBody,
    response: adminQuote,
    errors: ['draft_changed', 'quote_accepted'],
  },
  ({ ctx, params, body }) => saveQuoteDraft(ctx, { id: params.id, ...body }),
);
