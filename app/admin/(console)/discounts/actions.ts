'use server';

import { revalidatePath } from 'next/cache';
import {
  approveTenantDiscount,
  discountIdInput,
  discountRefusalInput,
  refuseTenantDiscount,
} from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

function done(message: string) {
  revalidatePath('/admin/discounts', 'page');
  revalidatePath('/admin/tenants/[id]', 'page');
  return { data: null, message };
}

const admits = ['proved', 'off'] as const;
const permission = 'money:write';

export const approveDiscountAction = defineOperatorAction(
  { name: 'discounts.approve', admits, permission, input: discountIdInput },
  async ({ ctx, input }) => {
    await approveTenantDiscount(ctx, input.id);
    return done('The discount is given; the next invoice counts it');
  },
);

export const refuseDiscountAction = defineOperatorAction(
  { name: 'discounts.refuse', admits, permission, input: discountRefusalInput },
  async ({ ctx, input }) => {
    await refuseTenantDiscount(ctx, input.id, input.reason);
    return done('Refused: nothing is given');
  },
);
