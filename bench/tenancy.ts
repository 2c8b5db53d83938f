import { PrismaPg } from '@prisma/adapter-pg';
import { signUp } from '@/lib/domains/onboarding';
import { closeDatabase, type Tx, withSystem, withTenant } from '@/lib/infra/db';
import { PrismaClient } from '@/lib/infra/db/generated/client';
import { env } from '@/lib/infra/env';
import type { Ctx } from '@/lib/kernel/ctx';
import { systemClock } from '@/lib/kernel/clock';
import { parsePublicId } from '@/lib/kernel/ids';
import { type BenchRow, median } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const ROUNDS = 15;
const CASES = 150;
const CALLERS = 4;
const TARGET_POLICIES = 1.15;
const TARGET_BARE = 1.7;

/**
 * A use case of five queries in a tenant's transaction, beside the same transaction by a role that no
 * policy binds, and beside the five queries alone. In turns, so that the machine's moods weigh on all.
 */
export async function run(): Promise<BenchRow[]> {
  return onThrowawayDatabase({ durable: true }, async () => {
    const ctx = await makeTenants();
    const bare = new PrismaClient({
      adapter: new PrismaPg({ connectionString: env().database.systemUrl, max: CALLERS }),
    });
    try {
      const forms = {
        policies: () => withTenant(ctx, (tx) => fiveQueries(tx, ctx.tenantId)),
        free: () => withSystem('bench', (tx) => fiveQueries(tx, ctx.tenantId)),
        bare: () => fiveQueries(bare, ctx.tenantId),
      };
      for (const form of Object.values(forms)) await time(form);
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push({
          policies: await time(forms.policies),
          free: await time(forms.free),
          bare: await time(forms.bare),
        });
      }
      const policies = median(rounds.map((round) => round.policies / round.free));
      const whole = median(rounds.map((round) => round.policies / round.bare));
      return [
        row(
          'Tenancy: five queries, against the transaction without policies',
          policies,
          TARGET_POLICIES,
        ),
        row('Tenancy: five queries, against the bare queries', whole, TARGET_BARE),
      ];
    } finally {
      await bare.$disconnect();
      await closeDatabase();
    }
  });
}

function row(name: string, value: number, target: number): BenchRow {
  return { name, value, unit: '× its time (less is better)', target, ok: value <= target };
}

/** Several tenants with rows, so that a query has something to leave out; the ctx of one of them. */
async function makeTenants(): Promise<Ctx> {
  const info = { requestId: 'req_bench', clock: systemClock, ip: '10.0.0.1', userAgent: null };
  let tenantId = '';
  for (let i = 0; i < 20; i++) {
    const result = await signUp(info, {
      organisation: `Bench ${i} Capital`,
      slug: undefined,
      email: `bench-${i}@example.com`,
      password: 'a long enough secret 42',
      name: 'Bench',
      tenantType: 'small_business',
    });
    if (result.outcome !== 'signed_in') throw new Error('the sign-up was not taken');
    tenantId = parsePublicId('tenant', result.tenant.id) ?? '';
  }
  return { ...info, tenantId, actor: { kind: 'job', name: 'bench' } };
}

async function fiveQueries(tx: Tx, tenantId: string): Promise<void> {
  await tx.tenant.findUnique({ where: { id: tenantId } });
  await tx.entitlement.findUnique({ where: { tenantId } });
  await tx.membership.findMany({ where: { tenantId }, take: 20 });
  await tx.auditEvent.findMany({ where: { tenantId }, orderBy: { id: 'desc' }, take: 20 });
  await tx.usagePeriod.findMany({ where: { tenantId } });
}

/** Milliseconds for a round of use cases by several callers. */
async function time(form: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (let i = 0; i < CASES / CALLERS; i++) await form();
    }),
  );
  return performance.now() - began;
}
