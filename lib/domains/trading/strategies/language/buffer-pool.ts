/**
 * Hands out columns of one length and takes them back, so that a run over a million bars touches the same few
 * megabytes again and again instead of leaving one column per operator to the garbage collector.
 * A column comes with whatever was in it: its taker writes every element.
 */
export interface BufferPool {
  numbers(length: number): Float64Array;
  flags(length: number): Uint8Array;
  release(column: Float64Array | Uint8Array): void;
}

export function createBufferPool(): BufferPool {
  const free: { numbers: Float64Array[]; flags: Uint8Array[] } = { numbers: [], flags: [] };
  return {
    numbers: (length) => takeFrom(free.numbers, length) ?? new Float64Array(length),
    flags: (length) => takeFrom(free.flags, length) ?? new Uint8Array(length),
    release(column) {
      if (column instanceof Float64Array) free.numbers.push(column);
      else free.flags.push(column);
    },
  };
}

function takeFrom<Column extends { readonly length: number }>(
  columns: Column[],
  length: number,
): Column | undefined {
  const last = columns.length - 1;
  return last >= 0 && columns[last]?.length === length ? columns.pop() : undefined;
}
