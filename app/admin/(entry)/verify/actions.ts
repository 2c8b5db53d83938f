'use server';

import { codeInput, proveSecondFactor } from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';
import { keepOperatorSession } from '@/lib/transport/operator-session';

/** Ends the wait for the second factor; the cookie gets another token. */
export const proveCodeAction = defineOperatorAction(
  { name: 'operator.prove-code', admits: ['wanted'], permission: null, input: codeInput },
  async ({ ctx, input }) => {
    await keepOperatorSession(await proveSecondFactor(ctx, input.code));
    return { data: null, href: '/admin' };
  },
);
