import { z } from 'zod';
import { newPassword } from '@/lib/domains/identity/schemas';

export const ownPasswordInput = z.strictObject({
  current_password: z.string().min(1, 'Give your current password.').max(1000),
  password: newPassword,
});
export type OwnPasswordInput = z.output<typeof ownPasswordInput>;

export const ownSessionInput = z.strictObject({ id: z.string().max(60) });

/** A browser in which the operator is signed in. Times are ISO 8601. */
export type OwnSession = {
  id: string;
  current: boolean;
  ip: string | null;
  /** "Chrome on macOS"; null for a program without a name. */
  device: string | null;
  last_seen_at: string;
  created_at: string;
};
