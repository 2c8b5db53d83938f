import type { Paper, PaperRow } from './paper';
import { type Pen, text } from './pen';

/** Widths of the columns of figures, from the right. */
const AMOUNT = 88;
const UNIT = 84;
const QUANTITY = 64;
const GAP = 5;

type Figure = { of: 'quantity' | 'unit' | 'amount'; title: string; width: number };
const FIGURES: readonly Figure[] = [
  { of: 'amount', title: 'Amount', width: AMOUNT },
  { of: 'unit', title: 'Unit price', width: UNIT },
  { of: 'quantity', title: 'Quantity', width: QUANTITY },
];

/** Columns of figures with where each ends, and how wide descriptions are. A column that no row fills isn't there. */
type Columns = { figures: readonly (Figure & { end: number })[]; described: number };

function columnsOf({ left, right }: Pen, rows: readonly PaperRow[]): Columns {
  let end = right;
  const figures = FIGURES.filter(({ of }) => rows.some((row) => row[of] !== '')).map((figure) => {
    const placed = { ...figure, end };
    end -= figure.width;
    return placed;
  });
  return { figures, described: end - 8 - left };
}

function drawTitles(pen: Pen, { figures }: Columns): void {
  const { left, y } = pen;
  pen.paragraph('Description', text.label, left, y, 200);
  for (const { title, end } of figures) pen.figure(title, text.label, end, y);
  pen.y += 17;
  pen.rule();
  pen.y += GAP;
}

/** The row's height, found by breaking its texts without writing them. */
function heightOf(pen: Pen, { texts: [first, ...notes] }: PaperRow, width: number): number {
  const lines = (words: string, style: typeof text.body) =>
    pen.type.wrap(words, style, width).length * style.size * 1.42;
  return notes.reduce((sum, note) => sum + lines(note, text.small), lines(first, text.body));
}

function drawRow(pen: Pen, row: PaperRow, { figures, described: width }: Columns): void {
  const { left, y } = pen;
  const [first, ...notes] = row.texts;
  let below = y + pen.paragraph(first, text.body, left, y, width);
  for (const note of notes) below += pen.paragraph(note, text.small, left, below, width);
  for (const { of, end } of figures) pen.figure(row[of], text.body, end, y);
  pen.y = below + GAP;
  pen.rule();
  pen.y += GAP;
}

/** The lines, over as many pages as they need; every page repeats the titles, and no line is torn. */
export function drawTable(pen: Pen, { rows }: Paper): void {
  const columns = columnsOf(pen, rows);
  drawTitles(pen, columns);
  for (const row of rows) {
    if (!pen.fits(heightOf(pen, row, columns.described) + GAP)) {
      pen.nextPage();
      drawTitles(pen, columns);
    }
    drawRow(pen, row, columns);
  }
}

/** Running text, then the notes. */
export function drawTexts(pen: Pen, { sections = [], notes }: Paper): void {
  for (const { heading, paragraphs } of sections) {
    pen.flow(heading, text.strong, 3);
    for (const words of paragraphs) pen.flow(words, text.body, 4);
    pen.y += 14;
  }
  for (const note of notes) pen.flow(note, text.small, 4);
}

/** What the lines come to, kept together on one page. */
export function drawSums(pen: Pen, { sums }: Paper): void {
  const ROW = 19;
  if (!pen.fits(sums.length * ROW + 10)) pen.nextPage();
  const x = pen.left + (pen.right - pen.left) / 2;
  for (const { label, value, strong } of sums) {
    const style = strong ? text.strong : text.body;
    if (strong) {
      pen.document
        .moveTo(x, pen.y)
        .lineTo(pen.right, pen.y)
        .lineWidth(0.75)
        .strokeColor('#c9ccd4')
        .stroke();
    }
    pen.paragraph(label, style, x, pen.y + 4, 180);
    pen.figure(value, style, pen.right, pen.y + 4);
    pen.y += ROW;
  }
  pen.y += 22;
}
