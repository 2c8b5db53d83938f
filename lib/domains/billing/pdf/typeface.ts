import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type PDFDocument from 'pdfkit';

export type Weight = 'regular' | 'bold';
export type Style = { weight: Weight; size: number; colour: string };
/** A stretch of text that one font can set. */
type Run = { text: string; font: string };
export type TextLine = { runs: readonly Run[]; width: number };
type Document = InstanceType<typeof PDFDocument>;

const require = createRequire(path.join(process.cwd(), 'package.json'));

/** The fonts, in the order in which they are asked for a character. They come with npm packages and are embedded as subsets. */
const FONTS: readonly { folder: string; regular: string; bold: string }[] = [
  { folder: 'latin', regular: 'NotoSans-Regular.ttf', bold: 'NotoSans-SemiBold.ttf' },
  { folder: 'jp', regular: 'NotoSansJP-Regular.otf', bold: 'NotoSansJP-Bold.otf' },
  { folder: 'kr', regular: 'NotoSansKR-Regular.otf', bold: 'NotoSansKR-Bold.otf' },
  { folder: 'sc', regular: 'NotoSansHans-Regular.otf', bold: 'NotoSansHans-Bold.otf' },
];

const files = new Map<string, Buffer>();

function fontFile(folder: string, file: string): Buffer {
  const name = `${folder}/${file}`;
  const kept = files.get(name);
  if (kept) return kept;
  const main = require.resolve(`@embedpdf/fonts-${folder}`);
  const bytes = readFileSync(path.join(path.dirname(main), '../fonts', file));
  files.set(name, bytes);
  return bytes;
}

/** What pdfkit keeps of a font that it set last. */
type OpenFont = { font: { hasGlyphForCodePoint: (codePoint: number) => boolean } };

/** Chinese, Japanese and Korean may break between any two characters. */
const BREAKS_ANYWHERE =
  /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;

/** Sets text of any script in one document: finds the font of each character, measures, breaks into lines. */
export class Typeface {
  private readonly document: Document;
  private readonly known = new Map<string, boolean>();

  constructor(document: Document) {
    this.document = document;
  }

  private open(font: string): OpenFont {
    const [folder = '', weight] = font.split(':');
    const spec = FONTS.find((each) => each.folder === folder);
    if (spec && !this.known.has(font)) {
      this.document.registerFont(font, fontFile(folder, spec[weight as Weight]));
      this.known.set(font, true);
    }
    this.document.font(font);
    return (this.document as unknown as { _font: OpenFont })._font;
  }

  /** The first font that has the character; the first of all, with its empty box, where none has it. */
  private fontOf(character: string, weight: Weight): string {
    const code = character.codePointAt(0) ?? 0;
    for (const { folder } of FONTS) {
      const font = `${folder}:${weight}`;
      const key = `${font}:${code}`;
      const has = this.known.get(key) ?? this.open(font).font.hasGlyphForCodePoint(code);
      this.known.set(key, has);
      if (has) return font;
    }
    return `${FONTS[0]?.folder}:${weight}`;
  }

  private runsOf(text: string, weight: Weight): Run[] {
    const runs: Run[] = [];
    for (const character of text) {
      const font = this.fontOf(character, weight);
      const last = runs.at(-1);
      if (last?.font === font) last.text += character;
      else runs.push({ text: character, font });
    }
    return runs;
  }

  private measure(runs: readonly Run[], size: number): number {
    return runs.reduce((width, { font, text }) => {
      this.open(font);
      return width + this.document.fontSize(size).widthOfString(text);
    }, 0);
  }

  private line(text: string, style: Style): TextLine {
    const runs = this.runsOf(text, style.weight);
    return { runs, width: this.measure(runs, style.size) };
  }

  /** Lines of at most `width` points; a word that is longer by itself is cut. */
  wrap(text: string, style: Style, width: number): TextLine[] {
    const lines: TextLine[] = [];
    let current = '';
    for (const piece of pieces(text)) {
      if (this.line((current + piece).trimEnd(), style).width <= width) {
        current += piece;
        continue;
      }
      if (current.trim()) lines.push(this.line(current.trim(), style));
      current = '';
      for (const character of piece) {
        if (current && this.line(current + character, style).width > width) {
          lines.push(this.line(current, style));
          current = '';
        }
        current += character;
      }
    }
    if (current.trim() || lines.length === 0) lines.push(this.line(current.trim(), style));
    return lines;
  }

  /** The same, at most so many: what doesn't fit is left out, which an ellipsis shows. */
  fit(text: string, style: Style, width: number, most: number): TextLine[] {
    const lines = this.wrap(text, style, width);
    if (lines.length <= most) return lines;
    const kept = lines.slice(0, most);
    const last = [...(kept.pop()?.runs ?? []).map((run) => run.text).join('')];
    while (last.length > 0 && this.line(`${last.join('')}…`, style).width > width) last.pop();
    return [...kept, this.line(`${last.join('').trimEnd()}…`, style)];
  }

  /** Writes one line on its baseline; `x` is its left or, with `right`, its right end. */
  write(line: TextLine, style: Style, x: number, baseline: number, right = false): void {
    let at = right ? x - line.width : x;
    for (const { font, text } of line.runs) {
      this.open(font);
      this.document.fontSize(style.size).fillColor(style.colour);
      this.document.text(text, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
      at += this.document.widthOfString(text);
    }
  }
}

/** Words with the space after them, and characters that may stand alone on a line. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let word = '';
  for (const character of text) {
    if (BREAKS_ANYWHERE.test(character)) {
      if (word) found.push(word);
      found.push(character);
      word = '';
      continue;
    }
    word += character;
    if (/[\s\-–/]/.test(character)) {
      found.push(word);
      word = '';
    }
  }
  return word ? [...found, word] : found;
}
