import type { Paper, PaperRow } from './paper';
import { type Pen, text } from './pen';

/** Widths of the columns of figures, from the right. */
const AMOUNT = 88;
const UNIT = 84;
const QUANTITY = 64;
const GAP = 5;

function drawTitles(pen: Pen): void {
  const { left, right, y } = pen;
  pen.paragraph('Description', text.label, left, y, 200);
  pen.figure('Quantity', text.label, right - AMOUNT - UNIT, y);
  pen.figure('Unit price', text.label, right - AMOUNT, y);
  pen.figure('Amount', text.label, right, y);
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

function drawRow(pen: Pen, row: PaperRow, width: number): void {
  const { left, right, y } = pen;
  const [first, ...notes] = row.texts;
  let below = y + pen.paragraph(first, text.body, left, y, width);
  for (const note of notes) below += pen.paragraph(note, text.small, left, below, width);
  pen.figure(row.quantity, text.body, right - AMOUNT - UNIT, y);
  pen.figure(row.unit, text.body, right - AMOUNT, y);
  pen.figure(row.amount, text.body, right, y);
  pen.y = below + GAP;
  pen.rule();
  pen.y += GAP;
}

/** The lines, over as many pages as they need; every page repeats the titles, and no line is torn. */
export function drawTable(pen: Pen, { rows }: Paper): void {
  const width = pen.right - pen.left - AMOUNT - UNIT - QUANTITY - 8;
  drawTitles(pen);
  for (const row of rows) {
    if (!pen.fits(heightOf(pen, row, width) + GAP)) {
      pen.nextPage();
      drawTitles(pen);
    }
    drawRow(pen, row, width);
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
