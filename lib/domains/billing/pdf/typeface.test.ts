import PDFDocument from 'pdfkit';
import { expect, it } from 'vitest';
import { type Style, type TextLine, Typeface } from './typeface';

const type = new Typeface(new PDFDocument({ size: 'A4' }));
const style: Style = { weight: 'regular', size: 10, colour: '#000000' };
const WIDTH = 200;
const wordsOf = ({ runs }: TextLine) => runs.map(({ text }) => text).join('');

it.each([
  ['words', 'Gesellschaft für internationale Handelsstrategien '.repeat(4)],
  ['one word', 'x'.repeat(200)],
  ['characters without spaces', '株式会社東京証券取引所'.repeat(18)],
])('%s of a name that is too long end with an ellipsis, within the lines there are', (_, name) => {
  const whole = type.wrap(name, style, WIDTH);
  expect(whole.length).toBeGreaterThan(2);
  const lines = type.fit(name, style, WIDTH, 2);
  expect(lines).toHaveLength(2);
  expect(lines.every(({ width }) => width <= WIDTH)).toBe(true);
  expect(wordsOf(lines[0] as TextLine)).toBe(wordsOf(whole[0] as TextLine));
  expect(wordsOf(lines[1] as TextLine)).toMatch(/.{10}…$/u);
});

it('a name that goes on the lines is left as it is', () => {
  const name = 'Gesellschaft für internationale Handelsstrategien';
  const lines = type.fit(name, style, WIDTH, 2);
  expect(lines.map(wordsOf).join(' ')).toBe(name);
});
