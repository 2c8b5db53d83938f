import type { Paper } from './paper';

export type PaperRequest = { id: number; paper: Paper };
export type PaperAnswer =
  | { id: number; pdf: Uint8Array }
  /** What broke; the thread itself goes on. */
  | { id: number; fault: string };
