import { monthOf, nextMonthOf, totalOf } from '@/lib/domains/usage';
import { withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { gatewayOf } from '../gateways/find-gateway';
import type { UsageMeters } from '../gateways/port';
import type { Month } from './close-month';
import { type OverageMeter, overageMeters } from './schemas';

type Told = { total: number; at: Date };
type Customer = { gateway: string; customerId: string };
type Word = Customer & { meter: OverageMeter; month: Month; total: number; told: Told | null };

/** The running month and the one before: older ones a provider takes no word of any more. */
function monthsToTell(now: Date): Month[] {
  const start = monthOf(now);
  const before = monthOf(new Date(start.getTime() - 1));
  return [
    { start: before, end: start },
    { start, end: nextMonthOf(start) },
  ];
}

/** What there is to say of the tenant's meters, to whom it pays. */
function readWords(ctx: Ctx): Promise<Word[]> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const live = await tx.subscription.findFirst({
      where: { tenantId, status: { notIn: ['cancelled', 'incomplete'] } },
    });
    const customer =
      live &&
      (await tx.billingCustomer.findUnique({
        where: { tenantId_gateway: { tenantId, gateway: live.gateway } },
      }));
    if (!customer) return [];
    const { gateway, customerId } = customer;
    const words: Word[] = [];
    for (const meter of overageMeters) {
      for (const month of monthsToTell(ctx.clock.now())) {
        const told = await tx.usageReport.findUnique({
          where: {
            tenantId_gateway_meter_month: { tenantId, gateway, meter, month: month.start },
          },
        });
        const span = { from: month.start, until: month.end };
        const total = await totalOf(tx, tenantId, meter, span);
        if (told || total > 0) words.push({ gateway, customerId, meter, month, total, told });
      }
    }
    return words;
  });
}

/** Later than the word before, within the month, and not in the time to come. */
function momentOf({ month, told }: Word, now: Date): Date {
  const latest = Math.min(now.getTime(), month.end.getTime() - 60_000);
  const after = told ? told.at.getTime() + 1_000 : 0;
  return new Date(Math.max(latest, after));
}

/** Whether the provider has what it was told; it is asked only to compare, for its own sums take a while. */
async function isKept(meters: UsageMeters, word: Word): Promise<boolean> {
  const { customerId: customer, meter, month, told } = word;
  if (!told) return true;
  const there = await meters.read({ customer, meter, month });
  if (there === told.total) return true;
  log().warn(
    { customer, meter, month: month.start, there, told: told.total },
    'a meter has drifted',
  );
  return false;
}

/**
 * Tells the provider's own meters a tenant's totals of the running month and the one before, where they are others than what was told
 * last. They are absolute and the last one counts, so that saying them again is harmless. `compare`: what the
 * provider has is read first, and told anew where it isn't what it was told. Answers how many words were said.
 */
export async function reportUsage(ctx: Ctx, { compare }: { compare: boolean }): Promise<number> {
  const { tenantId } = ctx;
  let said = 0;
  for (const word of await readWords(ctx)) {
    const { gateway, customerId: customer, meter, month, total, told } = word;
    const { meters } = gatewayOf({ gateway });
    if (!meters) continue;
    const kept = compare ? await isKept(meters, word) : true;
    if (kept && told?.total === total) continue;
    const at = momentOf(word, ctx.clock.now());
    await meters.tell({ customer, meter, total, at });
    const key = { tenantId, gateway, meter, month: month.start };
    await withTenant(ctx, (tx) =>
      tx.usageReport.upsert({
        where: { tenantId_gateway_meter_month: key },
        create: { ...key, total, at },
        update: { total, at },
      }),
    );
    said += 1;
  }
  return said;
}
