/** The six figures of one row; one object serves a whole upload. */
export type BarRow = {
  line: number;
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
};
