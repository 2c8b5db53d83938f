import type { Coverage, Moment } from './facts';
import { bookOf, contractAtEnd, type Page } from './pages';
import type { Contract, Line, Reason, Scenario } from './scenario';
import { usageAtEnd, usageMoments } from './usage';

export function momentsOf(scenario: Scenario): Moment[] {
  const book = bookOf(scenario);
  const moments = [...usageMoments(scenario, book)];
  let covered: Coverage[] = [];
  for (const [number, page] of book.entries()) {
    const opened = opening(page, number, covered);
    covered = opened.covers;
    moments.push(opened);
    if (page.kind === 'paid')
      for (const { act, place } of page.acts) {
        const torn = page.closing?.how === 'other cycle' && place === page.acts.at(-1)?.place;
        if (act.do !== 'change' || act.when !== 'now' || torn) continue;
        const change = changeWithin(page, act.to, act.at, covered);
        covered = change.covered;
        moments.push(moment(act.at, place, 'change', change));
      }
    if (page.closing?.how.startsWith('ended')) moments.push(ending(scenario, page));
  }
  return moments.sort((a, b) => a.at - b.at || a.rank - b.rank || a.place - b.place);
}

/** Rules 2, 3, 4, 6 and 10: what a page's first moment charges whole, and what it gives back of the page before. */
function opening(page: Page, number: number, covered: Coverage[]): Moment {
  const { from, openedBy: place } = page;
  if (page.kind === 'trial') return moment(from, null, 'start', { covers: [trial(page)] });
  // Rule 10: all is given back, and waits.
  if (page.kind === 'paused')
    return { ...moment(from, place, 'resume', { givesBack: covered }), invoiced: false };
  const covers = itemsOf(page.contract).map((item) => cover(item, page, from, 'period'));
  if (number === 0) return moment(from, null, 'start', { covers });
  if (place === null) return moment(from, null, 'renewal', { covers });
  // Rule 6 gives all back; at a resumption nothing is covered any more.
  const reason = covered.length === 0 ? 'resume' : 'change';
  return moment(from, place, reason, { covers, givesBack: covered });
}

/** Rule 5: only what differs is given back and charged for the rest; what stays keeps its line. */
function changeWithin(page: Page, to: Contract, at: number, covered: Coverage[]) {
  const wanted = itemsOf(to);
  const stays = (coverage: Coverage) => wanted.find((item) => same(item, coverage));
  const givesBack = covered.filter((coverage) => !stays(coverage));
  const covers = wanted
    .filter((item) => !covered.some((coverage) => same(item, coverage)))
    .map((item) => cover(item, page, at, 'remaining'));
  const after = [...covered.filter((coverage) => stays(coverage)), ...covers];
  const order = (coverage: Coverage) => wanted.findIndex((item) => same(item, coverage));
  return { givesBack, covers, covered: after.sort((a, b) => order(a) - order(b)) };
}

/** Rules 9 and 13: the end invoices what is pending, and what was used in the month that it cuts. */
function ending(scenario: Scenario, page: Page): Moment {
  const { at, how } = page.closing ?? { at: page.end, how: 'ended' };
  const place = how === 'ended' ? (page.acts.at(-1)?.place ?? null) : null;
  const usage = page.kind === 'paid' ? usageAtEnd(scenario, contractAtEnd(page), at, place) : [];
  return { ...moment(at, place, 'end', {}), usage };
}

type Told = Partial<Pick<Moment, 'givesBack' | 'covers'>>;

function moment(at: number, place: number | null, reason: Reason, told: Told): Moment {
  const { givesBack = [], covers = [] } = told;
  const when = place === null ? { rank: 1 as const, place: 0 } : { rank: 2 as const, place };
  return { at, ...when, reason, usage: [], givesBack, covers, invoiced: true };
}

type Item = Pick<Line, 'key' | 'quantity'> & { price: number };

/** The plan, then the add-ons by key. */
function itemsOf(contract: Contract): Item[] {
  const addOns = contract.addOns.map((addOn) => ({ ...addOn, key: `add-on ${addOn.key}` }));
  addOns.sort((a, b) => (a.key < b.key ? -1 : 1));
  return [{ ...contract.plan, key: `plan ${contract.plan.key}`, quantity: 1 }, ...addOns];
}

function same(a: Item, b: Item): boolean {
  return a.key === b.key && a.price === b.price && a.quantity === b.quantity;
}

function cover(item: Item, page: Page, from: number, kind: Coverage['kind']): Coverage {
  const { key, quantity, price } = item;
  return { kind, key, quantity, price, from, end: page.end, periodStart: page.from };
}

/** Rule 3: one line of 0. */
function trial(page: Page): Coverage {
  const key = `plan ${page.contract.plan.key}`;
  return cover({ key, quantity: 1, price: 0 }, page, page.from, 'trial');
}
