/** Why a row was refused. */
export type RowCode =
  | 'wrong_field_count'
  | 'row_too_long'
  | 'bad_quotes'
  | 'bad_time'
  | 'time_out_of_range'
  | 'time_in_future'
  | 'duplicate_time'
  | 'bad_number'
  | 'not_positive'
  | 'negative_volume'
  | 'high_below_low'
  | 'open_outside_range'
  | 'close_outside_range'
  | 'not_an_object'
  | 'unknown_field'
  | 'missing_field';

export type RowFault = { line: number; code: RowCode; message: string };

/** Faults kept word for word; the rest are counted. */
export const KEPT_FAULTS = 1_000;

/** What became of the rows of one upload, before anything is stored. */
export class UploadReport {
  /** Good rows. */
  accepted = 0;
  rejectedCount = 0;
  readonly rejected: RowFault[] = [];

  reject(line: number, code: RowCode, message: string): void {
    this.rejectedCount++;
    if (this.rejected.length < KEPT_FAULTS) this.rejected.push({ line, code, message });
  }
}
