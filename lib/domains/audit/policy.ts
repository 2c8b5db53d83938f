import { authorise, type Ctx } from '@/lib/kernel/ctx';

/** The audit log shows what everybody did: for those with `audit:read` alone. */
export function mayReadAudit(ctx: Ctx): void {
  authorise(ctx, 'audit:read');
}
