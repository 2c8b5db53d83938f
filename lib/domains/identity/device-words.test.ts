import { expect, it } from 'vitest';
import { deviceWords } from './device-words';

it.each([
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
    'Chrome on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  ['curl/8.5.0', 'curl 8.5.0'],
  ['python-requests/2.32', 'python-requests 2.32'],
  ['', null],
  ['  ', null],
  [null, null],
])('says what %s is', (userAgent, words) => {
  expect(deviceWords(userAgent)).toBe(words);
});

it('takes whatever it is given, and says nothing long', () => {
  for (const text of ['<script>', '(((((', `${'a'.repeat(300)}/1`, 'Mozilla/5.0', '\u0000']) {
    expect((deviceWords(text) ?? '').length).toBeLessThan(100);
  }
});
