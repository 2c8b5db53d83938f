import type { BrowserContext, Page } from '@playwright/test';

/** What a page said that nobody should have to read. */
export interface Faults {
  /** Script errors, console errors and warnings, and answers of 400 or more. */
  found: string[];
  /** Answers of this status are expected from here on. */
  expectStatus(status: number): void;
}

/** Chromium's own line for an answer of 400 or more, which is recorded with its address already. */
const NETWORK = /^Failed to load resource/;
/** Its line for a stream that was refused, which is no answer to be recorded. */
const HANDSHAKE = /^WebSocket connection .* Unexpected response code: (\d{3})$/;

/** Listens to every page of a context, also those it opens later. */
export function watchFaults(context: BrowserContext): Faults {
  const found: string[] = [];
  const expected = new Set<number>();
  const watch = (page: Page) => {
    page.on('pageerror', (error) => found.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type()) || NETWORK.test(message.text())) return;
      const refused = HANDSHAKE.exec(message.text())?.[1];
      if (!expected.has(Number(refused))) found.push(`${page.url()}: ${message.text()}`);
    });
    page.on('response', (response) => {
      const status = response.status();
      if (status >= 400 && !expected.has(status)) found.push(`${status} ${response.url()}`);
    });
  };
  for (const page of context.pages()) watch(page);
  context.on('page', watch);
  return { found, expectStatus: (status) => void expected.add(status) };
}
