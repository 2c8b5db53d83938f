import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { forbidden } from '@/lib/kernel/errors';

/** Plan, invoices and what comes next: whoever has `billing:read`. */
export function mayReadBilling(ctx: Ctx): void {
  authorise(ctx, 'billing:read');
}

/** Buying, changing and cancelling: whoever has `billing:write`. */
export function mayChangeBilling(ctx: Ctx): void {
  authorise(ctx, 'billing:write');
}

/** Binding the organisation to a quote, or turning it down: its owners, and keys in their name. */
export function mayAnswerQuotes(ctx: Ctx): void {
  authorise(ctx, 'billing:write');
  const { actor } = ctx;
  const role = actor.kind === 'member' || actor.kind === 'apiKey' ? actor.role : null;
  if (role !== 'owner') {
    throw forbidden('Only an owner can accept or decline a quote for the organisation.');
  }
}
