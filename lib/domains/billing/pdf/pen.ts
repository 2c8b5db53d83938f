import type PDFDocument from 'pdfkit';
import { type Style, Typeface } from './typeface';

const MARGIN = 48;
/** Kept free at the foot of each page, for the page's number. */
export const FOOT = 56;

export const INK = '#17181c';
export const MUTED = '#61656f';
export const RULE = '#e2e4e9';

export const text: Record<'body' | 'strong' | 'small' | 'label', Style> = {
  body: { weight: 'regular', size: 9.5, colour: INK },
  strong: { weight: 'bold', size: 9.5, colour: INK },
  small: { weight: 'regular', size: 8, colour: MUTED },
  label: { weight: 'regular', size: 8.5, colour: MUTED },
};

type Document = InstanceType<typeof PDFDocument>;

/** Where the pen is on the page. `y` runs down, in points. */
export class Pen {
  readonly document: Document;
  readonly type: Typeface;
  readonly width: number;
  readonly left = MARGIN;
  readonly right: number;
  y = MARGIN;
  private readonly bottom: number;

  constructor(document: Document, [width, height]: readonly [number, number]) {
    this.document = document;
    this.type = new Typeface(document);
    this.width = width;
    this.right = width - MARGIN;
    this.bottom = height - FOOT;
  }

  /** Whether so many points still fit above the foot. */
  fits(height: number): boolean {
    return this.y + height <= this.bottom;
  }

  nextPage(): void {
    this.document.addPage();
    this.y = MARGIN;
  }

  rule(colour = RULE, thickness = 0.75): void {
    this.document
      .moveTo(this.left, this.y)
      .lineTo(this.right, this.y)
      .lineWidth(thickness)
      .strokeColor(colour)
      .stroke();
  }

  /** Writes wrapped text from `y` down, on `most` lines, and returns the height it took. */
  paragraph(
    words: string,
    style: Style,
    x: number,
    y: number,
    width: number,
    most = Number.POSITIVE_INFINITY,
  ): number {
    const leading = style.size * 1.42;
    const lines = this.type.fit(words, style, width, most);
    lines.forEach((line, index) => {
      this.type.write(line, style, x, y + leading * index + style.size);
    });
    return lines.length * leading;
  }

  /** Writes wrapped text over the page's whole width and moves below it, on to as many pages as it needs. */
  flow(words: string, style: Style, after: number): void {
    const leading = style.size * 1.42;
    for (const line of this.type.wrap(words, style, this.right - this.left)) {
      if (!this.fits(leading)) this.nextPage();
      this.type.write(line, style, this.left, this.y + style.size);
      this.y += leading;
    }
    this.y += after;
  }

  /** Writes one line whose right end is at `x`. */
  figure(words: string, style: Style, x: number, y: number): void {
    const [line] = this.type.wrap(words, style, Number.POSITIVE_INFINITY);
    if (line) this.type.write(line, style, x, y + style.size, true);
  }
}
