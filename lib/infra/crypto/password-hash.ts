import { hash } from '@node-rs/argon2';

/** argon2id, 19 MiB, two passes: the minimum that OWASP recommends; about 20 ms. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password, in PHC format. */
export function passwordHash(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), PARAMETERS);
}
