import { readableLocale } from '../../ui/figure-format';

/**
 * Runs `load` while the browser's language is one that can be formatted in. uPlot makes a formatter of
 * `navigator.language` when it is loaded, and a Chromium under LANG=C calls that "en-US@posix", which throws.
 */
export async function withReadableLanguage<T>(
  browser: Pick<Navigator, 'language' | 'languages'>,
  load: () => Promise<T>,
): Promise<T> {
  const value = readableLocale([browser.language, ...browser.languages]);
  if (value === browser.language) return load();
  Object.defineProperty(browser, 'language', { value, configurable: true });
  try {
    return await load();
  } finally {
    // What the browser itself says stands on its prototype.
    Reflect.deleteProperty(browser, 'language');
  }
}

/** The plots with their library, when a chart is first shown. */
export const loadEquityPlot = () =>
  withReadableLanguage(navigator, () => import('./equity-plot')).then(
    ({ EquityPlot }) => EquityPlot,
  );
