import { authorise, type Ctx } from '@/lib/kernel/ctx';

/** Plan, invoices and what comes next: whoever has `billing:read`. */
export function mayReadBilling(ctx: Ctx): void {
  authorise(ctx, 'billing:read');
}

/** Buying, changing and cancelling: whoever has `billing:write`. */
export function mayChangeBilling(ctx: Ctx): void {
  authorise(ctx, 'billing:write');
}
