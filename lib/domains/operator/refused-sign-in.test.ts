import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { makeOperator, OPERATOR_PASSWORD, signedInOperator } from '@/lib/testing/operator-world';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { listPlatformAudit, platformAuditPage, signInOperator } from './index';
import { shortenAddress } from './refused-sign-in';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
let email: string;
let id: string;

beforeAll(() => world.open());
beforeEach(async () => {
  // Past the hour in which the rows of the test before count.
  world.clock.advance(2 * 3_600_000);
  email = world.email();
  ({ id } = await makeOperator(world.admin, 'admin', email));
});
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const guess = (info: PublicCtx, as: string) =>
  signInOperator(info, { email: as, password: 'not the password' }).catch(
    (error: { code: string }) => error.code,
  );
async function refused(ip: string) {
  const { rows } = await world.admin.query(
    `SELECT operator_id, role, object_type, object_id, after ->> 'why' AS why, after ->> 'email' AS email
     FROM platform_audit_event WHERE action = 'operator.sign_in_refused' AND ip = $1 ORDER BY id`,
    [ip],
  );
  return rows;
}

describe('a sign-in that is refused', () => {
  it('stands in the log with its place and, shortened, the name that was tried', async () => {
    const info = world.info();
    await guess(info, email);
    await guess(info, 'nobody@example.org');
    expect(await refused(info.ip ?? '')).toEqual([
      {
        operator_id: null,
        role: null,
        object_type: 'operator',
        object_id: id,
        why: 'credentials',
        email: 'pe…@example.com',
      },
      {
        operator_id: null,
        role: null,
        object_type: 'sign_in',
        object_id: 'no…@example.org',
        why: 'credentials',
        email: 'no…@example.org',
      },
    ]);
    const { ctx } = await signedInOperator(world.info(), email);
    const listed = platformAuditPage.parse(await listPlatformAudit(ctx, { limit: 10 }));
    expect(listed.data).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'operator.sign_in_refused',
          operator: null,
          object: { type: 'operator', id: publicId('operator', id), email },
        }),
      ]),
    );
  });

  it('names who is shut out, whatever password they give', async () => {
    await world.admin.query(`UPDATE platform_operator SET status = 'disabled' WHERE id = $1`, [id]);
    const info = world.info();
    await signInOperator(info, { email, password: OPERATOR_PASSWORD }).catch(() => undefined);
    expect(await refused(info.ip ?? '')).toMatchObject([{ object_id: id, why: 'credentials' }]);
  });

  it('writes one row for the same name again, and one when it is throttled', async () => {
    const info = world.info();
    const codes = [];
    for (let tries = 0; tries < 13; tries += 1) codes.push(await guess(info, email));
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('invalid_credentials'));
    expect(codes.slice(10)).toEqual(Array(3).fill('rate_limited'));
    expect((await refused(info.ip ?? '')).map(({ why }) => why)).toEqual([
      'credentials',
      'throttled',
    ]);
  });

  it('writes few rows for one address, whoever it tries to be, and again later', async () => {
    const info = world.info();
    for (let name = 0; name < 9; name += 1) await guess(info, `guess${name}@example.org`);
    expect(await refused(info.ip ?? '')).toHaveLength(5);
    world.clock.advance(16 * 60_000);
    await guess(info, 'guess0@example.org');
    expect(await refused(info.ip ?? '')).toHaveLength(6);
  });

  it('leaves nothing of what may be a password', () => {
    expect(['secret', 'p@ss word', 'p@ssw0rd', 'a@b.example', '@', ''].map(shortenAddress)).toEqual(
      ['…', '…', '…', 'a…@b.example', '…', '…'],
    );
  });

  it('isn’t written for one that succeeds', async () => {
    const info = world.info();
    await signInOperator(info, { email, password: OPERATOR_PASSWORD });
    expect(await refused(info.ip ?? '')).toEqual([]);
  });
});
