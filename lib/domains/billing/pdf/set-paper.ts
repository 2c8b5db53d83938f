import PDFDocument from 'pdfkit';
import { drawHead } from './draw-head';
import { drawSums, drawTable, drawTexts } from './draw-table';
import { type Paper, paperSizes } from './paper';
import { FOOT, Pen, text } from './pen';

function drawFeet(pen: Pen, paper: Paper, height: number): void {
  const { start, count } = pen.document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pen.document.switchToPage(page);
    const y = height - FOOT + 20;
    // The number first: of a long name, the end is left out.
    pen.paragraph(`${paper.number} · ${paper.brand.name}`, text.small, pen.left, y, 360, 1);
    pen.figure(`Page ${page - start + 1} of ${count}`, text.small, pen.right, y);
  }
}

/**
 * Sets a document as PDF. The same document gives the same bytes.
 * @param logo as PNG or JPEG
 */
export async function setPaper(paper: Paper, logo: Uint8Array | null): Promise<Uint8Array> {
  const size = paperSizes[paper.size];
  const issued = new Date(paper.issuedAt);
  const document = new PDFDocument({
    size: [...size],
    margin: 0,
    bufferPages: true,
    lang: 'en',
    info: {
      Title: `${paper.title} ${paper.number}`,
      Author: paper.brand.name,
      CreationDate: issued,
      ModDate: issued,
    },
  });
  const parts: Uint8Array[] = [];
  document.on('data', (part: Uint8Array) => parts.push(part));
  const done = new Promise<void>((resolve, reject) => {
    document.once('end', resolve);
    document.once('error', reject);
  });
  const pen = new Pen(document, size);
  drawHead(pen, paper, logo);
  drawTable(pen, paper);
  drawSums(pen, paper);
  drawTexts(pen, paper);
  drawFeet(pen, paper, size[1]);
  document.end();
  await done;
  return Buffer.concat(parts);
}
