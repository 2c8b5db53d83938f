import Stripe from 'stripe';
import { startSandbox } from '@/sandbox/index';
import { scenarioOf } from '../billing-oracle/generate';
import { invoicesOf } from '../billing-oracle/invoices';
import type { Line, Scenario } from '../billing-oracle/scenario';
import { doable } from './doable';
import { drive } from './drive';
import { type Charged, readInvoices } from './read';

export interface Compared {
  subscriptions: number;
  invoices: number;
  lines: number;
  /** The first invoice that differs, of each scenario that has one. */
  differences: string[];
}

/** Drives the first `count` doable scenarios from `seed` on through a sandbox over HTTP, and compares with the oracle. */
export async function compareOverHttp(seed: number, count: number): Promise<Compared> {
  const result: Compared = { subscriptions: 0, invoices: 0, lines: 0, differences: [] };
  for (let next = seed; result.subscriptions < count; next += 1) {
    const scenario = doable(scenarioOf(next));
    if (scenario === null) continue;
    const expected = invoicesOf(scenario);
    const actual = await invoicesOverHttp(scenario);
    result.subscriptions += 1;
    result.invoices += expected.length;
    result.lines += expected.reduce((sum, { lines }) => sum + lines.length, 0);
    const difference = firstDifference(expected, actual);
    if (difference) result.differences.push(`${scenario.name}\n${difference}`);
  }
  return result;
}

/** A sandbox of its own for each life: what others did must not matter, and time stays short. */
async function invoicesOverHttp(scenario: Scenario): Promise<Charged[]> {
  const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
  try {
    const stripe = new Stripe('sk_test_proof', {
      host: '127.0.0.1',
      port: sandbox.port,
      protocol: 'http',
      telemetry: false,
      maxNetworkRetries: 0,
    });
    return await readInvoices(stripe, await drive(stripe, scenario));
  } finally {
    await sandbox.close();
  }
}

/** Undefined where all are equal to the cent. */
export function firstDifference(expected: Charged[], actual: Charged[]): string | undefined {
  const [wanted, got] = [expected.map(tell), actual.map(tell)];
  const length = Math.max(wanted.length, got.length);
  const at = Array.from({ length }).findIndex((_, index) => wanted[index] !== got[index]);
  if (at < 0) return undefined;
  return `expected: ${wanted[at] ?? 'no further invoice'}\nactual:   ${got[at] ?? 'no further invoice'}`;
}

/** Lines in an order that doesn't depend on who made them: no rule's cents do, by what `doable` leaves out. */
function tell({ at, lines, tax, total, balanceUsed, due }: Charged): string {
  const told = lines.map(tellLine).sort().join('; ');
  return `${time(at)}: ${told} | tax ${tax} total ${total} balance ${balanceUsed} due ${due}`;
}

function tellLine({ kind, quantity, key, amount, discount, from, to }: Line): string {
  return `${kind} ${quantity} × ${key} ${amount} − ${discount} [${time(from)}, ${time(to)})`;
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
