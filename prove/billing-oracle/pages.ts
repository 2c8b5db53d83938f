import { boundaryAfter } from './calendar';
import type { Act, Contract, Scenario } from './scenario';

/**
 * A subscription's life is a book, and every period is a page of it. A page opens with a contract, holds the acts done
 * while it lay open, and is closed by its boundary or torn out before. What waits "for the period's end" can only
 * have been written on the page that ends there, so nothing has to be remembered from page to page but a
 * cancellation that waits while the cycle is changed.
 */
export interface Page {
  kind: 'trial' | 'paid' | 'paused';
  from: number;
  /** Where the page would end by itself; Infinity while paused. */
  end: number;
  anchor: number;
  contract: Contract;
  /** With their places in the scenario. */
  acts: { act: Act; place: number }[];
  /** Where it came to an end, and how; null where the books are closed first. */
  closing: Closing | null;
  /** Place of the act that opened it; null: a boundary or the start. */
  openedBy: number | null;
  /** A cancellation at the end that was waiting when the cycle was changed. */
  cancelled: boolean;
}

export interface Closing {
  at: number;
  how: 'boundary' | 'ended at boundary' | 'ended' | 'paused' | 'resumed' | 'other cycle';
}

export function bookOf(scenario: Scenario): Page[] {
  const { start, trialEnd, contract } = scenario;
  // Rules 2 and 3.
  const first: Page =
    trialEnd === null
      ? paid(start, start, contract)
      : { ...paid(start, start, contract), kind: 'trial', end: trialEnd };
  const book: Page[] = [];
  let place = 0;
  for (let page: Page | null = first; page !== null; ) {
    place = write(page, scenario, place);
    book.push(page);
    page = next(page);
  }
  return book;
}

/** Puts the acts on the page, up to the one that closes it; returns the place of the first act of the next page. */
function write(page: Page, scenario: Scenario, first: number): number {
  let place = first;
  for (; place < scenario.acts.length; place += 1) {
    const act = scenario.acts[place];
    // `[from, end)`: an act in the very second of a boundary belongs to the next page.
    if (act === undefined || act.at >= page.end || act.at >= scenario.until) break;
    page.acts.push({ act, place });
    const how = tears(page, act);
    if (how !== null) {
      page.closing = { at: act.at, how };
      return place + 1;
    }
  }
  if (page.end < scenario.until)
    page.closing = { at: page.end, how: endsAtBoundary(page) ? 'ended at boundary' : 'boundary' };
  return place;
}

function tears(page: Page, act: Act): Closing['how'] | null {
  if (act.do === 'cancel' && act.when === 'now') return 'ended';
  if (act.do === 'pause') return 'paused';
  if (act.do === 'resume') return 'resumed';
  // Rule 3: a trial keeps its end, whatever the cycle. Rule 6: another cycle begins a period.
  const otherCycle =
    act.do === 'change' && act.when === 'now' && act.to.cycle !== page.contract.cycle;
  return otherCycle && page.kind === 'paid' ? 'other cycle' : null;
}

function next(page: Page): Page | null {
  if (page.closing === null) return null;
  const { at, how } = page.closing;
  const place = page.acts.at(-1)?.place ?? null;
  const contract = contractAtEnd(page);
  switch (how) {
    case 'ended':
    case 'ended at boundary':
      return null;
    case 'paused':
      // Rule 10: no period runs.
      return { ...paid(at, at, contract), kind: 'paused', end: Infinity, openedBy: place };
    case 'resumed':
      return { ...paid(at, at, contract), openedBy: place };
    case 'other cycle':
      return { ...paid(at, at, contract), openedBy: place, cancelled: endsAtBoundary(page) };
    case 'boundary': {
      // Rule 3: the anchor is the trial's end. Rule 8: a waiting change takes its place; another cycle moves the anchor.
      const waiting = waitingChange(page) ?? contract;
      const kept = page.kind === 'paid' && waiting.cycle === contract.cycle;
      return paid(at, kept ? page.anchor : at, waiting);
    }
  }
}

function paid(from: number, anchor: number, contract: Contract): Page {
  const end = boundaryAfter(anchor, contract.cycle, from);
  return {
    kind: 'paid',
    from,
    end,
    anchor,
    contract,
    acts: [],
    closing: null,
    openedBy: null,
    cancelled: false,
  };
}

/** Rule 8: of several changes the last counts, and one that was made now leaves none that waits. */
export function waitingChange(page: Page): Contract | null {
  const changes = page.acts.flatMap(({ act }) => (act.do === 'change' ? [act] : []));
  const last = changes.at(-1);
  return last?.when === 'end' ? last.to : null;
}

/** Rule 9: the last word on a cancellation counts. */
export function endsAtBoundary(page: Page): boolean {
  const words = page.acts.flatMap(({ act }) => {
    if (act.do === 'keep') return [false];
    return act.do === 'cancel' && act.when === 'end' ? [true] : [];
  });
  return words.at(-1) ?? page.cancelled;
}

/** What was agreed when the page was closed, or at a place in the scenario. */
export function contractAtEnd(page: Page, place = Infinity): Contract {
  const made = page.acts.flatMap((entry) =>
    entry.act.do === 'change' && entry.act.when === 'now' && entry.place <= place
      ? [entry.act.to]
      : [],
  );
  return made.at(-1) ?? page.contract;
}
