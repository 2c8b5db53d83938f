import type { Paper } from './paper';
import { INK, MUTED, type Pen, text } from './pen';

const BAND = 72;
const LOGO: [width: number, height: number] = [180, 34];

/** So many lines of the smaller size stand in the band. */
const MOST_LINES = 3;

/** A name that doesn't go on one line is set smaller. */
function drawName(pen: Pen, name: string, colour: string): void {
  const width = 300;
  const style = (size: number) => ({ weight: 'bold' as const, size, colour });
  const size = pen.type.wrap(name, style(16), width).length === 1 ? 16 : 11;
  const lines = pen.type.fit(name, style(size), width, MOST_LINES).length;
  const top = (BAND - lines * size * 1.42) / 2;
  pen.paragraph(name, style(size), pen.left, top, width, MOST_LINES);
}

/** Logo or name, on the brand's ground where the logo needs a dark one; below it the brand's colour. */
function drawBrand(pen: Pen, { brand, title, number }: Paper, logo: Uint8Array | null): void {
  const { document } = pen;
  if (brand.ground) document.rect(0, 0, pen.width, BAND).fill(brand.ground);
  document.rect(0, brand.ground ? BAND : 0, pen.width, 3).fill(brand.accent);
  const ink = brand.ground ? brand.onGround : INK;
  if (logo) {
    document.image(Buffer.from(logo), pen.left, (BAND - LOGO[1]) / 2, {
      fit: LOGO,
      valign: 'center',
    });
  } else {
    drawName(pen, brand.name, ink);
  }
  pen.figure(title, { weight: 'bold', size: 18, colour: ink }, pen.right, BAND / 2 - 18);
  const quiet = brand.ground ? brand.onGround : MUTED;
  pen.figure(number, { weight: 'regular', size: 9.5, colour: quiet }, pen.right, BAND / 2 + 5);
  pen.y = BAND + 26;
}

function drawFacts(pen: Pen, { facts }: Paper): void {
  // The last one, a period, is twice as long as the others.
  const width = (pen.right - pen.left) / Math.max(5, facts.length + 1);
  const heights = facts.map(([label, value], index) => {
    const x = pen.left + width * index;
    const room = (index === facts.length - 1 ? 2 * width : width) - 12;
    const above = pen.paragraph(label, text.label, x, pen.y, room);
    return above + 2 + pen.paragraph(value, text.body, x, pen.y + above + 2, room);
  });
  pen.y += Math.max(0, ...heights) + 20;
}

function drawParties(pen: Pen, { parties }: Paper): void {
  const width = (pen.right - pen.left) / 2;
  const heights = parties.map(({ heading, lines: [name = '', ...lines] }, index) => {
    const x = pen.left + width * index;
    let y = pen.y;
    y += pen.paragraph(heading, text.label, x, y, width - 24) + 2;
    y += pen.paragraph(name, text.strong, x, y, width - 24);
    for (const line of lines) y += pen.paragraph(line, text.body, x, y, width - 24);
    return y - pen.y;
  });
  pen.y += Math.max(0, ...heights) + 26;
}

/** The first page down to the table. */
export function drawHead(pen: Pen, paper: Paper, logo: Uint8Array | null): void {
  drawBrand(pen, paper, logo);
  drawFacts(pen, paper);
  drawParties(pen, paper);
  const headline = { weight: 'bold' as const, size: 15, colour: INK };
  pen.y += pen.paragraph(paper.headline, headline, pen.left, pen.y, pen.right - pen.left) + 16;
}
