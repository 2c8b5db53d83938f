import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseRoleUrl } from '@/lib/infra/env';
import { startEmbeddedPostgres } from '@/lib/runtime/embedded-postgres';
import { seededRandom, tenantStorm } from '@/lib/testing/tenant-storm';
import { migrate } from '@/prisma/migrate';

const SECRET = 'a secret of this proof alone, which protects nothing';
const SEED = 20_261_123;

/** 100,000 operations of 50 workers over 5 connections, a tenth of them aborted: none in the wrong tenant. */
export async function run() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'neozork-prove-'));
  // PostgreSQL may run as another account, which has to get in.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, password: 'prove', durable: false });
  try {
    await migrate({ root: process.cwd(), adminUrl: server.url, authSecret: SECRET });
    const result = await tenantStorm(databaseRoleUrl(server.url, SECRET, 'nz_app'), {
      workers: 50,
      poolSize: 5,
      operations: 100_000,
      random: seededRandom(SEED),
    });
    const { operations, aborted, wrong } = result;
    return [
      {
        name: 'operations in tenants',
        value: operations,
        unit: 'operations',
        target: null,
        ok: true,
      },
      {
        name: 'aborted on purpose',
        value: aborted,
        unit: 'operations',
        target: null,
        ok: aborted > 0,
      },
      {
        name: 'operations in the wrong tenant',
        value: wrong,
        unit: 'operations',
        target: 0,
        ok: wrong === 0,
      },
    ];
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
