import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryPrefix } from '../testing/test-settings';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { stopLeftBehind } from './postgres-orphan';

let dataDir: string;
let servers: EmbeddedPostgres[];

beforeEach(() => {
  dataDir = mkdtempSync(temporaryPrefix());
  chmodSync(dataDir, 0o755);
  servers = [];
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, password: 'secret', durable: false });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('keeps its data over a stop and a start, in UTF-8', async () => {
  const first = await start();
  await query(first.url, "CREATE TABLE kept AS SELECT 'Zürich €' AS word");
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'SELECT word, upper(word) AS up FROM kept')).toEqual([
    { word: 'Zürich €', up: 'ZÜRICH €' },
  ]);
  expect(await query(second.url, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
});

test('stops a server that a killed supervisor left running, and finds its data', async () => {
  const orphan = await start();
  await query(orphan.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  const next = await start();
  await orphan.ended;
  expect(next.pid).not.toBe(orphan.pid);
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('sweeps a server left behind without starting another', async () => {
  const orphan = await start();
  await stopLeftBehind(dataDir);
  await orphan.ended;
  expect(() => process.kill(orphan.pid, 0)).toThrow('ESRCH');
});

test('refuses a password that is not the cluster’s, in one sentence', async () => {
  const first = await start();
  await first.stop();
  const other = startEmbeddedPostgres({ dataDir, password: 'wrong', durable: false });
  await expect(other).rejects.toThrow(/secrets\.json/);
  expect(existsSync(path.join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);
});
