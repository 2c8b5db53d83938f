import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runStorm, type StormReport } from '@/lib/testing/metering-storm';

interface ProofRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number | null;
  readonly ok: boolean;
}

const KILLS = 20;

/** The large form of lib/runtime/metering-kills.test.ts: many callers, many kills, and then the count. */
export async function run(): Promise<ProofRow[]> {
  return [...(await prove('gateway')), ...(await prove('database'))];
}

async function prove(victim: 'gateway' | 'database'): Promise<ProofRow[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), `neozork-test-${process.pid}-`));
  chmodSync(dataDir, 0o755);
  try {
    const report = await runStorm({ dataDir, victim, kills: KILLS, callers: 64, everyMs: 1_500 });
    const { sent, acknowledged, counted } = report;
    const ok = victim === 'gateway' ? withinBounds(report) : exact(report);
    const title = `${KILLS} × ${victim} killed`;
    return [
      { name: `${title}: calls sent`, value: sent, unit: 'calls', target: null, ok: true },
      {
        name: `${title}: acknowledged`,
        value: acknowledged,
        unit: 'calls',
        target: null,
        ok: true,
      },
      { name: `${title}: counted`, value: counted.month, unit: 'calls', target: acknowledged, ok },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A gateway that died may have held calls that were counted and never answered. */
function withinBounds({ sent, acknowledged, counted }: StormReport): boolean {
  const { month, hours } = counted;
  return acknowledged > 0 && month === hours && acknowledged <= month && month <= sent;
}

function exact({ acknowledged, counted }: StormReport): boolean {
  return acknowledged > 0 && counted.month === acknowledged && counted.hours === acknowledged;
}
