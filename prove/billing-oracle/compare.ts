import { createHash } from 'node:crypto';
import { engineInvoicesOf } from './ask-engine';
import { scenarioOf } from './generate';
import { invoicesOf } from './invoices';
import type { Invoice, Scenario } from './scenario';
import { shrink } from './shrink';

export interface Comparison {
  subscriptions: number;
  invoices: number;
  lines: number;
  /** Sum of the absolute amounts of lines, discounts, taxes and totals that were compared. */
  cents: number;
  /** One text for each scenario that differs, shrunk. */
  differences: string[];
  /** Of all that the engine computed. */
  hash: string;
}

type Engine = (scenario: Scenario) => Invoice[];

/** Of the differences this many are shrunk and told in full; of the others the name. */
export const SHOWN = 5;

/** Scenarios of the seeds `seed`, `seed + 1` …, each computed by the engine and by the oracle. */
export function compareMany(
  seed: number,
  count: number,
  engine: Engine = engineInvoicesOf,
): Comparison {
  const result = { subscriptions: count, invoices: 0, lines: 0, cents: 0 };
  const differences: string[] = [];
  const hash = createHash('sha256');
  for (let index = 0; index < count; index += 1) {
    const scenario = scenarioOf(seed + index);
    const expected = invoicesOf(scenario);
    for (const invoice of expected) {
      result.invoices += 1;
      result.lines += invoice.lines.length;
      result.cents += weight(invoice);
    }
    const told = tellAll(engine, scenario);
    hash.update(told.join('\n'));
    if (told.join('\n') === expected.map(tell).join('\n')) continue;
    differences.push(
      differences.length < SHOWN ? difference(engine, smallest(engine, scenario)) : scenario.name,
    );
  }
  return { ...result, differences, hash: hash.digest('hex') };
}

/** What the engine alone computes, to see that it computes the same again. */
export function engineHash(seed: number, count: number): string {
  const hash = createHash('sha256');
  for (let index = 0; index < count; index += 1)
    hash.update(tellAll(engineInvoicesOf, scenarioOf(seed + index)).join('\n'));
  return hash.digest('hex');
}

/** The first invoice in which the two differ, after the scenario. */
function difference(engine: Engine, scenario: Scenario): string {
  const expected = invoicesOf(scenario).map(tell);
  const actual = tellAll(engine, scenario);
  const length = Math.max(expected.length, actual.length);
  const first = Array.from({ length }).findIndex((_, index) => expected[index] !== actual[index]);
  return [
    readable(scenario),
    `expected: ${expected[first] ?? 'no further invoice'}`,
    `actual:   ${actual[first] ?? 'no further invoice'}`,
  ].join('\n');
}

function smallest(engine: Engine, scenario: Scenario): Scenario {
  const refuses = (one: Scenario) => tellAll(engine, one)[0]?.startsWith(REFUSED) ?? false;
  const refused = refuses(scenario);
  return shrink(
    scenario,
    (smaller) =>
      refuses(smaller) === refused &&
      invoicesOf(smaller).map(tell).join('\n') !== tellAll(engine, smaller).join('\n'),
  );
}

const REFUSED = 'refused: ';

function tellAll(engine: Engine, scenario: Scenario): string[] {
  try {
    return engine(scenario).map(tell);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [`${REFUSED}${error.message}`];
  }
}

/** Everything of an invoice that is compared. */
function tell(invoice: Invoice): string {
  const { at, reason, lines, tax, total, balanceUsed, due } = invoice;
  const told = lines.map(
    (line) =>
      `${line.kind} ${line.quantity} × ${line.key} ${line.amount} − ${line.discount} [${time(line.from)}, ${time(line.to)})`,
  );
  return `${time(at)} ${reason}: ${told.join('; ')} | tax ${tax} total ${total} balance ${balanceUsed} due ${due}`;
}

function weight({ lines, tax, total }: Invoice): number {
  const parts = lines.flatMap((line) => [line.amount, line.discount]);
  return [...parts, tax, total].reduce((sum, part) => sum + Math.abs(part), 0);
}

const TIMES = new Set(['at', 'start', 'until', 'trialEnd', 'month']);

function readable(scenario: Scenario): string {
  return JSON.stringify(scenario, (name, value) =>
    TIMES.has(name) && typeof value === 'number' ? time(value) : value,
  );
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
