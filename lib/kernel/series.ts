/** `time`: milliseconds since 1970, UTC. `number`: a double, NaN and null alike undefined. */
export type SeriesColumn = { name: string; kind: 'time' | 'number' | 'text' };

/** Rows that follow each other, as columns of one length, in the order of the series' columns. */
export type SeriesPart = readonly ArrayLike<number | string | null>[];

/** A whole time series, oldest first, read part by part; whoever writes it down chooses the format. */
export type Series = { columns: readonly SeriesColumn[]; parts: AsyncIterable<SeriesPart> };
