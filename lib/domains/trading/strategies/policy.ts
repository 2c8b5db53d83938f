import { authorise, type Ctx } from '@/lib/kernel/ctx';

/** Looking at strategies. Throws `forbidden`. */
export function mayRead(ctx: Ctx): void {
  authorise(ctx, 'strategies:read');
}

/** Making and changing strategies. Throws `forbidden`. */
export function mayWrite(ctx: Ctx): void {
  authorise(ctx, 'strategies:write');
}
