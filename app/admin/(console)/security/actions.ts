'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import {
  changeOwnPassword,
  codeInput,
  endOtherSessions,
  endOwnSession,
  ownPasswordInput,
  ownSessionInput,
  renewRecoveryCodes,
  turnOffSecondFactor,
} from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

const admits = ['proved', 'off'] as const;
const permission = null;

const refresh = () => revalidatePath('/admin/security', 'page');

export const changeOwnPasswordAction = defineOperatorAction(
  { name: 'operator.change-password', admits, permission, input: ownPasswordInput },
  async ({ ctx, input }) => {
    await changeOwnPassword(ctx, input);
    refresh();
    return { data: null, message: 'Your password is changed; your other sessions are ended' };
  },
);

export const turnOffSecondFactorAction = defineOperatorAction(
  { name: 'operator.turn-off-second-factor', admits, permission, input: codeInput },
  async ({ ctx, input }) => {
    await turnOffSecondFactor(ctx, input.code);
    refresh();
    return { data: null, message: 'The second factor is off' };
  },
);

/** The answer holds the codes, this once. */
export const renewRecoveryCodesAction = defineOperatorAction(
  { name: 'operator.renew-recovery-codes', admits, permission, input: codeInput },
  async ({ ctx, input }) => {
    const codes = await renewRecoveryCodes(ctx, input.code);
    refresh();
    return { data: codes };
  },
);

export const endOwnSessionAction = defineOperatorAction(
  { name: 'operator.end-session', admits, permission, input: ownSessionInput },
  async ({ ctx, input }) => {
    await endOwnSession(ctx, input.id);
    refresh();
    return { data: null };
  },
);

export const endOtherSessionsAction = defineOperatorAction(
  { name: 'operator.end-other-sessions', admits, permission, input: z.strictObject({}) },
  async ({ ctx }) => {
    await endOtherSessions(ctx);
    refresh();
    return { data: null };
  },
);
