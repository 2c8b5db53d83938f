import type { CompiledStrategy } from '@/lib/domains/trading/strategies/language';
import { createSha256, type Sha256 } from './sha256';
import type { BacktestOptions, BacktestResult, Bars } from './types';

/**
 * Fingerprint of bars: SHA-256 over the columns time, open, high, low, close, volume, each as little-endian
 * doubles after its length. 64 hexadecimal digits.
 */
export function digestBars(bars: Bars): string {
  const hash = createSha256();
  const { time, open, high, low, close, volume } = bars;
  for (const column of [time, open, high, low, close, volume]) addColumn(hash, column);
  return hash.hex();
}

/**
 * Fingerprint of a run: what was asked (rules, parameters, options; not the strategy's name), on which bars, and
 * what came out (equity and trades). The same run gives the same hash on every machine.
 */
export function hashBacktest(
  compiled: CompiledStrategy,
  options: BacktestOptions,
  barsDigest: string,
  result: BacktestResult,
): string {
  const { name: _name, description: _description, ...rules } = compiled.definition;
  const { cash, commission, slippage, finalizeTrades } = options;
  const spec = {
    rules,
    params: compiled.params,
    cash,
    commission: commission ?? { rate: 0, fixed: 0 },
    slippage: slippage ?? null,
    finalizeTrades: finalizeTrades ?? false,
    bars: barsDigest,
  };
  const hash = createSha256();
  addText(hash, canonicalJson(spec));
  addColumn(hash, result.equity);
  const { trades } = result;
  for (const column of [trades.side, trades.size, trades.entryIndex, trades.exitIndex]) {
    addColumn(hash, column);
  }
  for (const column of [trades.entryPrice, trades.exitPrice, trades.commission, trades.pnl]) {
    addColumn(hash, column);
  }
  addColumn(hash, trades.reason);
  return hash.hex();
}

/** JSON with the keys of every object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${entries.join(',')}}`;
}

function addText(hash: Sha256, text: string): void {
  const bytes = new TextEncoder().encode(text);
  addLength(hash, bytes.length);
  hash.update(bytes);
}

// Every machine this runs on stores numbers little-endian; a big-endian one would have to swap here.
function addColumn(hash: Sha256, column: Float64Array | Int32Array | Int8Array | Uint8Array): void {
  addLength(hash, column.length);
  hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
}

/** Lengths keep two columns from passing for one. */
function addLength(hash: Sha256, length: number): void {
  hash.update(new Uint8Array(Float64Array.of(length).buffer));
}
