import { createRequire } from 'node:module';
import type uPlot from 'uplot';
import { afterEach, expect, it, vi } from 'vitest';
import { withReadableLanguage } from './load-equity-plot';

afterEach(() => vi.unstubAllGlobals());

const require = createRequire(import.meta.url);

/** Loads uPlot as a browser does that has never seen it. */
async function loadPlot(): Promise<typeof uPlot> {
  Reflect.deleteProperty(require.cache, require.resolve('uplot'));
  return require('uplot') as typeof uPlot;
}

/** As much of a browser as uPlot asks for while it is loaded. */
function stubBrowser(language: string) {
  const said = { language, languages: [language] };
  const browser: typeof said = Object.create(said);
  vi.stubGlobal('navigator', browser);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('devicePixelRatio', 1);
  vi.stubGlobal('matchMedia', () => new EventTarget());
  return browser;
}

it('loads uPlot in a browser whose language is none', async () => {
  const browser = stubBrowser('en-US@posix');
  await expect(loadPlot()).rejects.toThrow(RangeError);
  const plot = await withReadableLanguage(browser, loadPlot);
  expect(plot.fmtNum(1234.5)).toBe('1,234.5');
  expect(browser.language).toBe('en-US@posix');
});

it('leaves a readable language alone, and gives the other back when loading fails', async () => {
  const german = stubBrowser('de-DE');
  const plot = await withReadableLanguage(german, loadPlot);
  expect(plot.fmtNum(1234.5)).toBe('1.234,5');
  const odd = stubBrowser('en-US@posix');
  const broken = withReadableLanguage(odd, () => Promise.reject(new Error('offline')));
  await expect(broken).rejects.toThrow('offline');
  expect(odd.language).toBe('en-US@posix');
});
