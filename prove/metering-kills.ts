import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runStorm, type StormReport } from '@/lib/testing/metering-storm';

/**
 * The large form of lib/runtime/metering-kills.test.ts: many callers, many kills. Run it with
 * `npx tsx prove/metering-kills.ts [kills]`; it ends with 1 when a count is wrong.
 */
const kills = Number(process.argv[2] ?? 20);

async function prove(victim: 'gateway' | 'database'): Promise<boolean> {
  const dataDir = mkdtempSync(path.join(tmpdir(), `neozork-test-${process.pid}-`));
  chmodSync(dataDir, 0o755);
  try {
    const report = await runStorm({ dataDir, victim, kills, callers: 64, everyMs: 1_500 });
    const right = victim === 'gateway' ? withinBounds(report) : exact(report);
    console.log(`${right ? 'right' : 'WRONG'}: ${victim} killed ${report.kills} times`, report);
    return right;
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

const results = [await prove('gateway'), await prove('database')];
process.exit(results.every(Boolean) ? 0 : 1);
