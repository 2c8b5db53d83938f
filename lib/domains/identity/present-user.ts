import { publicId } from '@/lib/kernel/ids';
import type { UserDto } from './schemas';

type Person = { id: string; email: string; name: string; emailVerified: boolean };

/** A person as the outside sees them. */
export function presentUser({ id, email, name, emailVerified }: Person): UserDto {
  return {
    id: publicId('user', id),
    email,
    name,
    email_verified: emailVerified,
    mfa_enabled: false,
  };
}
