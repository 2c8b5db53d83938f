import pg from 'pg';
import { passwordHash } from '@/lib/infra/crypto/password-hash';
import { newId } from '@/lib/kernel/ids';

export type FirstOperator = { email: string; password: string };

/**
 * Gives the platform its first operator, with the role `admin`. One that is there already keeps what they have,
 * the password too. Returns whether it was made.
 * @param adminUrl PostgreSQL URL of the administrator
 */
export async function seedFirstOperator(
  adminUrl: string,
  { email, password }: FirstOperator,
): Promise<boolean> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const known = await admin.query('SELECT FROM platform_operator WHERE email = lower($1)', [
      email,
    ]);
    if (known.rows.length > 0) return false;
    const made = await admin.query(
      `INSERT INTO platform_operator (id, email, name, role, password_hash, created_at, updated_at)
       VALUES ($1, lower($2), '', 'admin', $3, now(), now()) ON CONFLICT (email) DO NOTHING`,
      [newId(), email, await passwordHash(password)],
    );
    return made.rowCount === 1;
  } finally {
    await admin.end();
  }
}
