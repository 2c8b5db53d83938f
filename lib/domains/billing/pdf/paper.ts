/** A document ready to be set on paper: all texts are final, only their places are open. Plain data, so that it can go to a thread. */
export type PaperSize = 'a4' | 'letter';

export type PaperParty = { heading: string; lines: readonly string[] };

export type PaperRow = {
  /** The second one is set smaller, under the first. */
  texts: readonly [description: string, ...notes: string[]];
  quantity: string;
  unit: string;
  amount: string;
};

export type PaperSum = { label: string; value: string; strong: boolean };

export type PaperBrand = {
  name: string;
  /** `#rrggbb` */
  accent: string;
  /** Behind a logo made for dark ground; null sets the logo on white. */
  ground: string | null;
  /** `#rrggbb`, readable on `ground`. */
  onGround: string;
  logo: { contentType: string; bytes: Uint8Array } | null;
};

export type Paper = {
  size: PaperSize;
  brand: PaperBrand;
  /** "Invoice" */
  title: string;
  number: string;
  /** ISO 8601 UTC; also the file's own date, so that the same document gives the same bytes. */
  issuedAt: string;
  facts: readonly (readonly [label: string, value: string])[];
  parties: readonly PaperParty[];
  /** What a reader wants to know first: "$199.00 due Nov 25, 2026". */
  headline: string;
  rows: readonly PaperRow[];
  sums: readonly PaperSum[];
  /** Running text below the sums. */
  sections?: readonly { heading: string; paragraphs: readonly string[] }[];
  notes: readonly string[];
};

/** Points, 72 an inch. */
export const paperSizes: Record<PaperSize, readonly [width: number, height: number]> = {
  a4: [595.28, 841.89],
  letter: [612, 792],
};
