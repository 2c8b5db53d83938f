import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Bars,
  allocateBars,
  BAR_BYTES,
  copyBars,
  decodeBars,
  encodeBars,
} from '../bar-columns';
import type { BarRow } from './bar-row';

/** Rows held in memory: 12 MB. More go to a temporary file, block by block. */
const BLOCK_ROWS = 262_144;

/**
 * The good rows of an upload until all of them have been checked. Nothing is written to the database, nor is
 * a connection held, while a client is still sending.
 */
export class RowStore {
  /** Rows kept so far. */
  rows = 0;
  readonly #blockRows: number;
  readonly #spilled: { at: number; rows: number }[] = [];
  #block: Bars;
  #filled = 0;
  #folder = '';
  #file: FileHandle | null = null;

  constructor(blockRows = BLOCK_ROWS) {
    this.#blockRows = blockRows;
    this.#block = allocateBars(Math.min(4_096, blockRows));
  }

  /** Time to `spill`. Rows may still be added until a chunk of input is through. */
  get isFull(): boolean {
    return this.#filled >= this.#blockRows;
  }

  add(row: BarRow): void {
    if (this.#filled === this.#block.time.length) this.#grow();
    const at = this.#filled++;
    const block = this.#block;
    block.time[at] = row.time;
    block.open[at] = row.open;
    block.high[at] = row.high;
    block.low[at] = row.low;
    block.close[at] = row.close;
    block.volume[at] = row.volume;
    this.rows++;
  }

  /** Moves what is in memory to the temporary file. */
  async spill(): Promise<void> {
    if (!this.#file) {
      this.#folder = await mkdtemp(path.join(tmpdir(), 'bars-'));
      this.#file = await open(path.join(this.#folder, 'rows'), 'w+', 0o600);
    }
    const last = this.#spilled.at(-1);
    const at = last ? last.at + last.rows * BAR_BYTES : 0;
    await this.#file.write(encodeBars(this.#block, this.#filled), 0, this.#filled * BAR_BYTES, at);
    this.#spilled.push({ at, rows: this.#filled });
    this.#filled = 0;
  }

  /** All rows, block by block, in the order of their coming. */
  async *blocks(): AsyncGenerator<Bars> {
    for (const { at, rows } of this.#spilled) {
      const bytes = Buffer.alloc(rows * BAR_BYTES);
      await this.#file?.read(bytes, 0, bytes.length, at);
      yield decodeBars(bytes);
    }
    if (this.#filled > 0) yield decodeBars(encodeBars(this.#block, this.#filled));
  }

  /** Frees memory and the temporary file. */
  async close(): Promise<void> {
    this.#block = allocateBars(0);
    this.#filled = 0;
    if (!this.#file) return;
    await this.#file.close();
    this.#file = null;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #grow(): void {
    const larger = allocateBars(this.#block.time.length * 2);
    copyBars(this.#block, 0, this.#filled, larger, 0);
    this.#block = larger;
  }
}
