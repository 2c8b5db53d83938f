'use server';

import { revalidatePath } from 'next/cache';
import {
  addOperator,
  changeOperator,
  disableOperator,
  enableOperator,
  forgetSecondFactor,
  operatorAddBody,
  operatorChangeForm,
  operatorIdInput,
  operatorReasonInput,
  resendInvitation,
  resetOperatorPassword,
  withdrawInvitation,
} from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

const admits = ['proved', 'off'] as const;
const permission = 'operators:write';

function done(message: string) {
  revalidatePath('/admin/operators', 'page');
  return { data: null, message };
}

export const addOperatorAction = defineOperatorAction(
  { name: 'operators.add', admits, permission, input: operatorAddBody },
  async ({ ctx, input }) => {
    const { email } = await addOperator(ctx, input);
    return done(`An invitation is on its way to ${email}`);
  },
);

export const resendInvitationAction = defineOperatorAction(
  { name: 'operators.resend-invitation', admits, permission, input: operatorIdInput },
  async ({ ctx, input }) => {
    const { email } = await resendInvitation(ctx, input);
    return done(`A new invitation is on its way to ${email}; the one before is good no more`);
  },
);

export const withdrawInvitationAction = defineOperatorAction(
  { name: 'operators.withdraw-invitation', admits, permission, input: operatorReasonInput },
  async ({ ctx, input }) => {
    const { email } = await withdrawInvitation(ctx, input);
    return done(`The invitation of ${email} is withdrawn`);
  },
);

export const changeOperatorAction = defineOperatorAction(
  { name: 'operators.change', admits, permission, input: operatorChangeForm },
  async ({ ctx, input }) => {
    const { email } = await changeOperator(ctx, input);
    return done(`${email} is changed; it counts from their next click on`);
  },
);

export const forgetSecondFactorAction = defineOperatorAction(
  { name: 'operators.forget-second-factor', admits, permission, input: operatorReasonInput },
  async ({ ctx, input }) => {
    const { email } = await forgetSecondFactor(ctx, input);
    return done(`The app of ${email} is forgotten, and their sessions are ended`);
  },
);

export const resetPasswordAction = defineOperatorAction(
  { name: 'operators.reset-password', admits, permission, input: operatorReasonInput },
  async ({ ctx, input }) => {
    const { email } = await resetOperatorPassword(ctx, input);
    return done(`A link to choose a new password is on its way to ${email}`);
  },
);

export const disableOperatorAction = defineOperatorAction(
  { name: 'operators.disable', admits, permission, input: operatorReasonInput },
  async ({ ctx, input }) => {
    const { email } = await disableOperator(ctx, input);
    return done(`${email} is shut out, and their sessions are ended`);
  },
);

export const enableOperatorAction = defineOperatorAction(
  { name: 'operators.enable', admits, permission, input: operatorReasonInput },
  async ({ ctx, input }) => {
    const { email } = await enableOperator(ctx, input);
    return done(`${email} may sign in again`);
  },
);
