const [LF, CR, QUOTE] = [10, 13, 34];
const EMPTY = Buffer.alloc(0);

/** The longest record taken; bars are far shorter, and memory stays bounded whatever is sent. */
export const LONGEST_RECORD = 65_536;

/** One record: bytes without the line end, the number of its first line, and whether a quote may be in it. */
export type CsvRecord = {
  bytes: Buffer;
  start: number;
  end: number;
  line: number;
  mayQuote: boolean;
};

/** Told of each record. The object is reused: take what is needed before returning. */
export type OnRecord = (record: CsvRecord) => void;

/** Cuts a stream of CSV bytes into records; line ends within quotes belong to the record. */
export class RecordSplitter {
  /** The line that the next record begins on. */
  #line = 1;
  #rest: Buffer = EMPTY;
  /** Inside a record that was too long: what is left of its line is passed over. */
  #skipping = false;
  readonly #onRecord: OnRecord;
  readonly #record: CsvRecord = { bytes: EMPTY, start: 0, end: 0, line: 0, mayQuote: false };

  constructor(onRecord: OnRecord) {
    this.#onRecord = onRecord;
  }

  push(chunk: Uint8Array): void {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh]);
    const quoted = bytes.indexOf(QUOTE) >= 0;
    let start = this.#skipped(bytes);
    let lines = 1;
    let searched = start;
    while (start < bytes.length) {
      const end = bytes.indexOf(LF, searched);
      if (end < 0) break;
      searched = end + 1;
      if (quoted && end - start < LONGEST_RECORD && isInsideQuotes(bytes, start, end)) {
        lines++;
        continue;
      }
      this.#emit(bytes, start, end, quoted);
      this.#line += lines;
      lines = 1;
      start = searched;
    }
    if (bytes.length - start > LONGEST_RECORD) {
      this.#emit(bytes, start, bytes.length, quoted);
      this.#skipping = true;
      start = bytes.length;
    }
    // A copy, so that the chunk's own memory can go.
    this.#rest = start === bytes.length ? EMPTY : Buffer.from(bytes.subarray(start));
  }

  /** The last record, when the stream didn't end with a line end. */
  end(): void {
    if (this.#rest.length > 0) this.#emit(this.#rest, 0, this.#rest.length, true);
    this.#rest = EMPTY;
  }

  /** Where the next record begins, past what is left of a line that was too long. */
  #skipped(bytes: Buffer): number {
    if (!this.#skipping) return 0;
    const end = bytes.indexOf(LF);
    if (end < 0) return bytes.length;
    this.#skipping = false;
    this.#line++;
    return end + 1;
  }

  #emit(bytes: Buffer, start: number, end: number, mayQuote: boolean): void {
    const record = this.#record;
    record.bytes = bytes;
    record.start = start;
    record.end = end > start && bytes[end - 1] === CR ? end - 1 : end;
    record.line = this.#line;
    record.mayQuote = mayQuote;
    this.#onRecord(record);
  }
}

function isInsideQuotes(bytes: Buffer, start: number, end: number): boolean {
  let open = false;
  for (let at = start; at < end; at++) if (bytes[at] === QUOTE) open = !open;
  return open;
}
