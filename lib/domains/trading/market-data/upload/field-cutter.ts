import type { CsvRecord } from './record-splitter';

const [QUOTE, SPACE, TAB] = [34, 32, 9];

/** Where the fields of one record lie. Reused from record to record, so that a row costs no memory. */
export class FieldCutter {
  bytes: Buffer = Buffer.alloc(0);
  count = 0;
  /** False when a quote stands where none may. */
  wellFormed = true;
  readonly starts = new Int32Array(256);
  readonly ends = new Int32Array(256);
  readonly #separator: number;

  constructor(separator: number) {
    this.#separator = separator;
  }

  /** Cuts a record; fields past the 256th are counted, not kept. Blanks around a field are dropped. */
  cut({ bytes, start, end, mayQuote }: CsvRecord): void {
    if (mayQuote && bytes.subarray(start, end).includes(QUOTE)) {
      this.#cutQuoted(bytes, start, end);
      return;
    }
    this.bytes = bytes;
    this.wellFormed = true;
    this.count = 0;
    let from = start;
    for (let at = start; at <= end; at++) {
      if (at < end && bytes[at] !== this.#separator) continue;
      this.#keep(from, at);
      from = at + 1;
    }
  }

  text(index: number): string {
    return this.bytes.toString('utf8', this.starts[index] ?? 0, this.ends[index] ?? 0);
  }

  #keep(start: number, end: number): void {
    if (this.count < 256) {
      let [from, to] = [start, end];
      while (from < to && isBlank(this.bytes[from])) from++;
      while (to > from && isBlank(this.bytes[to - 1])) to--;
      this.starts[this.count] = from;
      this.ends[this.count] = to;
    }
    this.count++;
  }

  /** RFC 4180: fields in quotes, doubled quotes inside; the unquoted text goes to memory of its own. */
  #cutQuoted(source: Buffer, start: number, end: number): void {
    const target = Buffer.alloc(end - start);
    this.bytes = target;
    this.count = 0;
    this.wellFormed = true;
    let [from, written] = [0, 0];
    let quoted = false;
    let closed = false;
    for (let at = start; at <= end; at++) {
      const byte = source[at] as number;
      if (at === end || (byte === this.#separator && !quoted)) {
        this.#keep(from, written);
        from = written;
        closed = false;
      } else if (byte !== QUOTE) {
        if (closed && !isBlank(byte)) this.wellFormed = false;
        target[written++] = byte;
      } else if (!quoted) {
        if (closed) target[written++] = QUOTE;
        else if (!isBlankRange(target, from, written)) this.wellFormed = false;
        quoted = true;
        closed = false;
      } else {
        quoted = false;
        closed = true;
      }
    }
    if (quoted) this.wellFormed = false;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

function isBlankRange(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isBlank(bytes[at])) return false;
  return true;
}
