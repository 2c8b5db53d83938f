'use server';

import { revalidatePath } from 'next/cache';
import {
  discountGiftForm,
  discountRemovalInput,
  giveTenantDiscount,
  liftSuspension,
  moveTenantClock,
  removeTenantDiscount,
  suspendTenant,
  tenantClockInput,
  tenantHoldInput,
} from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

const refresh = () => revalidatePath('/admin/tenants/[id]', 'page');

export const suspendTenantAction = defineOperatorAction(
  {
    name: 'tenants.suspend',
    admits: ['proved', 'off'],
    permission: 'tenants:write',
    input: tenantHoldInput,
  },
  async ({ ctx, input }) => {
    await suspendTenant(ctx, input);
    refresh();
    return { data: null, message: `${input.slug} is suspended` };
  },
);

export const liftSuspensionAction = defineOperatorAction(
  {
    name: 'tenants.lift-suspension',
    admits: ['proved', 'off'],
    permission: 'tenants:write',
    input: tenantHoldInput,
  },
  async ({ ctx, input }) => {
    await liftSuspension(ctx, input);
    refresh();
    return { data: null, message: `${input.slug} is let in again` };
  },
);

export const moveClockAction = defineOperatorAction(
  {
    name: 'tenants.move-clock',
    admits: ['proved', 'off'],
    permission: 'tenants:write',
    input: tenantClockInput,
  },
  async ({ ctx, input }) => {
    const { moving_to } = await moveTenantClock(ctx, input);
    refresh();
    return { data: null, message: `On the way to ${moving_to?.slice(0, 10)}` };
  },
);

export const giveDiscountAction = defineOperatorAction(
  {
    name: 'tenants.give-discount',
    admits: ['proved', 'off'],
    permission: 'money:write',
    input: discountGiftForm,
  },
  async ({ ctx, input }) => {
    const { status } = await giveTenantDiscount(ctx, input);
    refresh();
    return {
      data: null,
      message:
        status === 'requested'
          ? 'Asked for: a second operator has to approve it'
          : 'The discount is given; the next invoice counts it',
    };
  },
);

export const removeDiscountAction = defineOperatorAction(
  {
    name: 'tenants.remove-discount',
    admits: ['proved', 'off'],
    permission: 'money:write',
    input: discountRemovalInput,
  },
  async ({ ctx, input }) => {
    await removeTenantDiscount(ctx, input);
    refresh();
    return { data: null, message: 'The discount is taken away' };
  },
);
