import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Series, SeriesColumn, SeriesPart } from '@/lib/kernel/series';

/**
 * Rows of a row group: large enough to compress well, small enough that writing one holds up the other calls
 * of the process for some 20 ms at most and takes a few MB.
 */
const GROUP_ROWS = 32_768;

type Values = (number | string | Date | null)[];

/** A series as Parquet, group by group: times as UTC milliseconds, numbers as doubles, text as UTF-8. */
export async function* seriesParquet({ columns, parts }: Series): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const schema = [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)];
  const file = new ParquetWriter({ writer: bytes, schema, createdBy: 'NeoZork' });
  const group = new Group(columns);
  for await (const part of parts) {
    const count = part[0]?.length ?? 0;
    for (let from = 0; from < count; ) {
      from += group.take(part, from);
      if (!group.isFull) continue;
      group.writeTo(file);
      yield taken(bytes);
    }
  }
  group.writeTo(file);
  await file.finish();
  yield taken(bytes);
}

function elementOf({ name, kind }: SeriesColumn): SchemaElement {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  if (kind === 'number') return { ...optional, type: 'DOUBLE' };
  if (kind === 'text') {
    return {
      ...optional,
      type: 'BYTE_ARRAY',
      converted_type: 'UTF8',
      logical_type: { type: 'STRING' },
    };
  }
  return {
    ...optional,
    repetition_type: 'REQUIRED',
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  };
}

/** Rows gathered for the next row group. */
class Group {
  readonly #columns: readonly SeriesColumn[];
  #values: Values[];

  constructor(columns: readonly SeriesColumn[]) {
    this.#columns = columns;
    this.#values = columns.map(() => []);
  }

  get #rows(): number {
    return this.#values[0]?.length ?? 0;
  }

  get isFull(): boolean {
    return this.#rows >= GROUP_ROWS;
  }

  /** Takes rows of a part from a place on; answers how many there was room for. */
  take(part: SeriesPart, from: number): number {
    const count = Math.min((part[0]?.length ?? 0) - from, GROUP_ROWS - this.#rows);
    for (const [c, column] of this.#columns.entries()) {
      const source = part[c];
      const values = this.#values[c];
      for (let at = from; at < from + count; at++) {
        values?.push(stored(column.kind, source?.[at] ?? null));
      }
    }
    return count;
  }

  writeTo(file: ParquetWriter): void {
    const columnData = this.#columns.map(({ name }, c) => ({ name, data: this.#values[c] ?? [] }));
    // Without a flush of its own the writer never has to be waited for.
    void file.write({ columnData, rowGroupSize: GROUP_ROWS });
    this.#values = this.#columns.map(() => []);
  }
}

function stored(kind: SeriesColumn['kind'], value: number | string | null) {
  if (value === null || Number.isNaN(value)) return null;
  return kind === 'time' ? new Date(value) : value;
}

/** What was written since the last time; the writer's offsets go on. */
function taken(bytes: ByteWriter): Uint8Array {
  const copy = bytes.getBytes().slice();
  bytes.index = 0;
  return copy;
}
