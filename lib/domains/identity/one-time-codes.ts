import { appSql, type Tx } from '@/lib/infra/db';
import { newId } from '@/lib/kernel/ids';
import { newOpaqueToken, tokenHash } from './tokens';

/** What a code is good for; each is redeemed for its own purpose alone. */
export type CodePurpose =
  | 'setup'
  | 'handover'
  | 'verify_email'
  | 'reset_password'
  | 'confirm_tenant'
  | 'reopen_tenant'
  | 'invitation';

export type CodeInit = {
  purpose: CodePurpose;
  userId?: string | null;
  tenantId?: string | null;
  /** The only host that may redeem it. */
  host?: string | null;
  /** The only browser that may redeem it, by the hash of the nonce it keeps. */
  browserHash?: string | null;
  data?: Record<string, string>;
  now: Date;
  /** Milliseconds. */
  lifetime: number;
  token?: string;
};

export type Code = {
  id: string;
  userId: string | null;
  tenantId: string | null;
  data: Record<string, string>;
};

type Row = { id: string; user_id: string | null; tenant_id: string | null; data: unknown };

const ofRow = (row: Row | undefined): Code | null =>
  row
    ? {
        id: row.id,
        userId: row.user_id,
        tenantId: row.tenant_id,
        data: row.data as Record<string, string>,
      }
    : null;

/** Writes a single-use code, by its hash. Returns the code itself, which is kept nowhere. */
export async function issueCode(
  tx: Tx,
  init: CodeInit,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = init.token ?? newOpaqueToken();
  const id = newId(init.now.getTime());
  const expiresAt = new Date(init.now.getTime() + init.lifetime);
  await tx.oneTimeCode.create({
    data: {
      id,
      purpose: init.purpose,
      codeHash: tokenHash(token),
      userId: init.userId ?? null,
      tenantId: init.tenantId ?? null,
      host: init.host ?? null,
      browserHash: init.browserHash ?? null,
      data: init.data ?? {},
      createdAt: init.now,
      expiresAt,
    },
  });
  return { id, token, expiresAt };
}

/** What a live code says, without using it up. */
export async function peekCode(
  purpose: CodePurpose,
  token: string,
  now: Date,
): Promise<Code | null> {
  if (token.length > 200) return null;
  const found = await appSql<Row>(
    'identity.peek_code',
    'SELECT * FROM door.peek_code($1, $2, $3)',
    [purpose, tokenHash(token), now],
  );
  return ofRow(found.rows[0]);
}

/** Where a code arrives, for those bound to a place. */
type Arrival = { host: string; browserHash: string | null };

/**
 * Uses a code up, in the transaction of what it is used for: of several at once one gets it, and
 * when the rest fails the code is good again.
 */
export async function redeemCode(
  tx: Tx,
  purpose: CodePurpose,
  token: string,
  now: Date,
  arrival: Arrival | null = null,
): Promise<Code | null> {
  const { host = null, browserHash = null } = arrival ?? {};
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, user_id, tenant_id, data
    FROM door.redeem_code(${purpose}, ${tokenHash(token)}, ${host}, ${browserHash}, ${now})`;
  return ofRow(rows[0]);
}

/** Makes a person's other open codes of one purpose useless, when a newer one is sent. */
export async function withdrawCodes(
  tx: Tx,
  purpose: CodePurpose,
  userId: string,
  now: Date,
): Promise<void> {
  await tx.oneTimeCode.updateMany({
    where: { purpose, userId, consumedAt: null },
    data: { consumedAt: now },
  });
}
