'use server';

import { z } from 'zod';
import { payOverdue } from '@/lib/domains/billing';
import { defineAction } from '@/lib/transport/define-action';
import { refreshShell } from '../../refresh-shell';

/** From the card or account that is charged anyway. */
export const payOverdueAction = defineAction(
  {
    name: 'billing.pay_overdue',
    access: 'tenant',
    whileSuspended: true,
    input: z.strictObject({ subscription_id: z.string() }),
  },
  async ({ ctx, input }) => {
    const data = await payOverdue(ctx, input.subscription_id);
    refreshShell();
    return {
      data,
      message: data.dunning
        ? 'The payment was asked for. This page changes as soon as it is through.'
        : 'Paid. Everything works again.',
    };
  },
);
