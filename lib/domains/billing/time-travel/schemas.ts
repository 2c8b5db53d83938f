import { z } from 'zod';

/** A sandbox is asked for at sign-up: a tenant whose time stands until it is moved, and who pays nothing in earnest. */
export const sandboxInput = z.strictObject({
  /** Where its time begins; left out: now. */
  starts_at: z.iso.datetime({ offset: true }).optional(),
});
export type SandboxInput = z.output<typeof sandboxInput>;

export const travelInput = z.strictObject({
  /** Where its time is to stand. */
  to: z.iso.datetime({ offset: true }),
});
export type TravelInput = z.output<typeof travelInput>;

export const tenantClockDto = z.object({
  /** What time it is in the sandbox. */
  at: z.iso.datetime(),
  /** Where it is being moved to; null while it stands. */
  moving_to: z.iso.datetime().nullable(),
  /** The furthest that it can be moved to from here. */
  latest: z.iso.datetime(),
});
export type TenantClockDto = z.infer<typeof tenantClockDto>;
