'use client';

import { useSyncExternalStore } from 'react';
import { type FigureLocale, readableLocale, SERVER_LOCALE } from './figure-format';

let reader: FigureLocale | null = null;

/** The reader's locale and zone outside of rendering, in a browser. */
export function readerNow(): FigureLocale {
  reader ??= {
    locale: readableLocale(navigator.languages),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || SERVER_LOCALE.timeZone,
  };
  return reader;
}

const never = () => () => undefined;

/** The reader's locale and zone; on the server, and during hydration, English and UTC. */
export function useReader(): FigureLocale {
  return useSyncExternalStore(never, readerNow, () => SERVER_LOCALE);
}
