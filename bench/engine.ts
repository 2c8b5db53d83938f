import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type Bars,
  computeMetrics,
  digestBars,
  hashBacktest,
  runBacktest,
} from '@/lib/domains/trading/engine';
import { syntheticBars } from '@/lib/domains/trading/indicators/synthetic-bars';
import {
  type CompiledStrategy,
  compileStrategy,
  strategyPresets,
  validateStrategy,
} from '@/lib/domains/trading/strategies/language';
import { runByHand } from './engine-by-hand';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value has to reach (or stay under, where the unit says so), or null for information only. */
  readonly target: number | null;
  readonly ok: boolean;
}

const BARS = 1_000_000;
const OPTIONS = { cash: 100_000 };
const WARM_UPS = 3;
const ROUNDS = 12;

const TARGET_BARS_PER_SECOND = 10e6;
const TARGET_BYTES_PER_BAR = 64;

/**
 * Back-tests over a million made-up bars, indicators included, beside the same loop written by hand. Times are
 * seconds of processor time, the best of some rounds: what one core can do, whatever else the machine is doing.
 */
export async function run(): Promise<BenchRow[]> {
  const bars = syntheticBars(BARS, 20_200_101);
  const [cross, ...others] = strategyPresets.map((preset) => compilePreset(preset.id));
  if (cross === undefined) throw new Error('There is no preset to run.');
  assertSameResult(bars, cross);
  const { engine, byHand } = raceByHand(bars, cross);
  const bytes = await peakBytesPerBar(bars, cross);
  const rows: BenchRow[] = [
    row(
      'Back-test: SMA cross, engine',
      BARS / engine / 1e6,
      'million bars/s',
      TARGET_BARS_PER_SECOND / 1e6,
    ),
    row('Back-test: SMA cross, loop written by hand', BARS / byHand / 1e6, 'million bars/s'),
    row('Back-test: engine against the loop by hand', byHand / engine, '× its speed'),
    {
      name: 'Back-test: peak memory besides the input',
      value: bytes,
      unit: 'bytes/bar (less is better)',
      target: TARGET_BYTES_PER_BAR,
      ok: bytes < TARGET_BYTES_PER_BAR,
    },
    ...others.map((strategy) => {
      const seconds = fastest(() => runBacktest(bars, strategy, OPTIONS), 1, 3);
      return row(`Back-test: ${strategy.definition.name}`, BARS / seconds / 1e6, 'million bars/s');
    }),
  ];
  const result = runBacktest(bars, cross, OPTIONS);
  const metrics = fastest(() => computeMetrics(bars, result), 1, 3);
  const hash = fastest(() => hashBacktest(cross, OPTIONS, digestBars(bars), result), 1, 3);
  rows.push(row('Back-test: all metrics', BARS / metrics / 1e6, 'million bars/s'));
  rows.push(row('Back-test: fingerprint of bars and result', BARS / hash / 1e6, 'million bars/s'));
  return rows;
}

function row(name: string, value: number, unit: string, target: number | null = null): BenchRow {
  return { name, value, unit, target, ok: target === null || value >= target };
}

function compilePreset(id: string): CompiledStrategy {
  const preset = strategyPresets.find((candidate) => candidate.id === id);
  const validation = validateStrategy(preset?.definition);
  if (!validation.ok) throw new Error(`The preset ${id} is not valid.`);
  return compileStrategy(validation.definition);
}

/** A race between two programs that do different things says nothing. */
function assertSameResult(bars: Bars, cross: CompiledStrategy): void {
  const engine = runBacktest(bars, cross, OPTIONS);
  const byHand = runByHand(bars, OPTIONS.cash, 10, 30);
  const [left, right] = [engine.equity[BARS - 1] ?? 0, byHand.equity[BARS - 1] ?? 1];
  if (engine.trades.count !== byHand.trades || Math.abs(left / right - 1) > 1e-9) {
    throw new Error(
      `The engine and the loop by hand disagree: ${engine.trades.count} and ${byHand.trades} trades, ` +
        `equity ${left} and ${right}.`,
    );
  }
}

/** The best of each, round by round in turn, so that whatever else the machine does meets both. */
function raceByHand(bars: Bars, cross: CompiledStrategy): { engine: number; byHand: number } {
  const times = { engine: [] as number[], byHand: [] as number[] };
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const engine = seconds(() => runBacktest(bars, cross, OPTIONS));
    const byHand = seconds(() => runByHand(bars, OPTIONS.cash, 10, 30));
    if (round < WARM_UPS) continue;
    times.engine.push(engine);
    times.byHand.push(byHand);
  }
  return { engine: Math.min(...times.engine), byHand: Math.min(...times.byHand) };
}

/** The most memory in use at any report of progress, over what was in use before, by bar. */
async function peakBytesPerBar(bars: Bars, strategy: CompiledStrategy): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Array buffers are given back a little after the collection that found them free.
  for (let round = 0; round < 3; round++) {
    collect();
    await setTimeout(20);
  }
  const inUse = () => {
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  const before = inUse();
  let peak = before;
  runBacktest(bars, strategy, OPTIONS, () => {
    peak = Math.max(peak, inUse());
  });
  return (peak - before) / BARS;
}

function fastest(work: () => unknown, warmUps: number, rounds: number): number {
  const times: number[] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const time = seconds(work);
    if (round >= warmUps) times.push(time);
  }
  return Math.min(...times);
}

/** Processor seconds of this process. */
function seconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
