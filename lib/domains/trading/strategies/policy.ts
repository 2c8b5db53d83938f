import { authorise, type Ctx } from '@/lib/kernel/ctx';

export function mayRead(ctx: Ctx): void {
  authorise(ctx, 'strategies:read');
}

export function mayWrite(ctx: Ctx): void {
  authorise(ctx, 'strategies:write');
}
