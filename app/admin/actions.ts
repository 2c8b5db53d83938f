'use server';

import { z } from 'zod';
import { codeInput, confirmSecondFactor, startSecondFactor } from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';
import { keepOperatorSession } from '@/lib/transport/operator-session';

/** Shows a new secret for the authenticator app. */
export const startSecondFactorAction = defineOperatorAction(
  {
    name: 'operator.start-second-factor',
    admits: ['missing', 'off'],
    permission: null,
    input: z.strictObject({}),
  },
  async ({ ctx }) => ({ data: await startSecondFactor(ctx) }),
);

/** Turns the second factor on; the answer holds the recovery codes, this once. */
export const confirmSecondFactorAction = defineOperatorAction(
  {
    name: 'operator.confirm-second-factor',
    admits: ['missing', 'off'],
    permission: null,
    input: codeInput,
  },
  async ({ ctx, input }) => {
    const { recoveryCodes, session } = await confirmSecondFactor(ctx, input.code);
    await keepOperatorSession(session);
    return { data: recoveryCodes };
  },
);
