import type { BenchRow } from '@/lib/testing/bench-world';
import { runStorm, type StormReport } from '@/lib/testing/metering-storm';

const KILLS = 20;

/** The large form of lib/runtime/metering-kills.test.ts: many callers, many kills, and then the count. */
export async function run(): Promise<BenchRow[]> {
  return [...(await prove('gateway')), ...(await prove('database'))];
}

async function prove(victim: 'gateway' | 'database'): Promise<BenchRow[]> {
  const report = await runStorm({ victim, kills: KILLS, callers: 64, everyMs: 1_500 });
  const { sent, acknowledged, counted } = report;
  const ok = victim === 'gateway' ? withinBounds(report) : exact(report);
  const title = `${KILLS} × ${victim} killed`;
  const row = (what: string, value: number) => ({
    name: `${title}: ${what}`,
    value,
    unit: 'calls',
    target: null,
    ok: true,
  });
  return [
    row('calls sent', sent),
    row('acknowledged', acknowledged),
    { ...row('counted', counted.month), target: acknowledged, ok },
  ];
}

/** A gateway that died may have held calls that were counted and never answered. */
function withinBounds({ sent, acknowledged, counted }: StormReport): boolean {
  const { month, hours } = counted;
  return acknowledged > 0 && month === hours && acknowledged <= month && month <= sent;
}

function exact({ acknowledged, counted }: StormReport): boolean {
  return acknowledged > 0 && counted.month === acknowledged && counted.hours === acknowledged;
}
