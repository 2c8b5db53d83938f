import { figure, none } from '@/lib/testing/bench-world';
import { databaseRoleUrl } from '@/lib/infra/env';
import { seededRandom, tenantStorm } from '@/lib/testing/tenant-storm';
import { TEST_AUTH_SECRET } from '@/lib/testing/test-settings';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const SEED = 20_261_123;

/** 100,000 operations of 50 workers over 5 connections, a tenth of them aborted: none in the wrong tenant. */
export function run() {
  return onThrowawayDatabase({}, async (url) => {
    const result = await tenantStorm(databaseRoleUrl(url, TEST_AUTH_SECRET, 'nz_app'), {
      workers: 50,
      poolSize: 5,
      operations: 100_000,
      random: seededRandom(SEED),
    });
    const { operations, aborted, wrong } = result;
    return [
      figure('operations in tenants', operations, 'operations'),
      figure('aborted on purpose', aborted, 'operations'),
      none('operations in the wrong tenant', wrong, 'operations'),
    ];
  });
}
