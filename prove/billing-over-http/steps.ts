import type { UsageLine } from '../billing-oracle/facts';
import { momentsOf } from '../billing-oracle/moments';
import type { Act, Scenario } from '../billing-oracle/scenario';

/** Lines for usage, which the product computes and hands over; with an invoice of their own where `invoiced`. */
export interface HandOver {
  do: 'hand over';
  at: number;
  usage: UsageLine[];
  invoiced: boolean;
}

export type Step = { at: number } & (
  | { step: 'act'; act: Act }
  /** To be done a second before `at`: a month is closed before the renewal of the same second. */
  | { step: 'usage'; early: boolean; handOver: HandOver }
);

type Placed = Step & { rank: number; place: number };

/** What is to be done, in order: acts, and the hand-over of usage at the moments at which the rules bill it. */
export function stepsOf(scenario: Scenario): Step[] {
  const acts = scenario.acts.flatMap((act, place): Placed[] => {
    // These decide what is handed over; the provider hears of neither.
    if (act.do === 'overage' || act.do === 'reading') return [];
    return [{ step: 'act', at: act.at, rank: 2, place, act }];
  });
  const usage = momentsOf(scenario).flatMap((moment): Placed[] => {
    const { at, rank, place, reason } = moment;
    if (moment.usage.length === 0) return [];
    // At the end the subscription's last invoice takes them along.
    const invoiced = moment.invoiced && reason === 'usage';
    const handOver: HandOver = { do: 'hand over', at, usage: moment.usage, invoiced };
    return [{ step: 'usage', at, rank, place: place - 0.5, early: rank < 2, handOver }];
  });
  return [...acts, ...usage].sort((a, b) => a.at - b.at || a.rank - b.rank || a.place - b.place);
}
