import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { PASSWORD, PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { findSession, revokeOtherSessions, signIn } from '.';
import { purgeExpiredJob } from './job-contracts';
import { jobs } from './jobs';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
beforeAll(() => world.open());
afterAll(async () => {
  await world.close();
  await closeDatabase();
});

const count = async (table: string) =>
  Number((await world.admin.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n);

it('forgets what is long over and keeps what lives', async () => {
  const { email, principal, session } = await world.owner();
  await signIn(world.info(), { email, password: PASSWORD });
  await signIn(world.info(), { email, password: 'wrong' }).catch(() => null);
  await revokeOtherSessions(world.info(), principal);
  const purge = jobs.find(({ contract }) => contract.name === purgeExpiredJob.name);
  const run = { attempt: 1, maxAttempts: 8, signal: new AbortController().signal };

  await purge?.run(world.info(), {}, run);
  expect(await count('session')).toBe(2);
  expect(await findSession(session.token, 'cookie', world.clock.now())).not.toBeNull();

  world.clock.advance(91 * 86_400_000);
  await purge?.run(world.info(), {}, run);
  expect(await count('one_time_code')).toBe(0);
  expect(await count('throttle')).toBe(0);
  // The other one ended thirty days ago by age; it is kept for ninety.
  expect(await count('session')).toBe(1);
});
