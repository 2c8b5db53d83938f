import { z } from 'zod';
import { driftHealBody, healFoundDrift } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'End a difference: push ours, take theirs, or accept it of an invoice',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: driftHealBody,
    errors: ['drift_changed', 'no_drift', 'invoice_final', 'drift_accepted', 'provider_refused'],
  },
  async ({ ctx, params, body }) => {
    await healFoundDrift(ctx, { id: params.id, cure: body.cure });
    return new Response(null, { status: 204 });
  },
);
