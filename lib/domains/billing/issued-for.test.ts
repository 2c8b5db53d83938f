import { expect, it } from 'vitest';
import { issuedFor } from './issued-for';
import type { LineKind } from './schemas';

const line = (kind: LineKind, from: string, to: string) => ({
  kind,
  periodStart: new Date(from),
  periodEnd: new Date(to),
});
const span = (from: string, to: string) => ({ start: new Date(from), end: new Date(to) });

const rest = line('remaining_time', '2026-03-10', '2026-04-01');

it.each([
  [
    'of a renewal is the period that it sells, not the use of the month before',
    [
      line('overage', '2026-02-01', '2026-03-01'),
      line('overage_correction', '2026-01-01', '2026-02-01'),
      line('period', '2026-03-01', '2026-04-01'),
    ],
    span('2026-03-01', '2026-04-01'),
  ],
  [
    'of an upgrade is what it sells, not the year that is given back',
    [line('unused_time', '2026-03-10', '2027-01-01'), rest],
    span('2026-03-10', '2026-04-01'),
  ],
  [
    'of a plan with an add-on from later on is from the first to the last that is sold',
    [rest, line('period', '2026-04-01', '2026-05-01')],
    span('2026-03-10', '2026-05-01'),
  ],
  [
    'of use alone is the use’s month',
    [line('overage', '2026-02-01', '2026-03-01')],
    span('2026-02-01', '2026-03-01'),
  ],
  [
    'of credit alone is the time that is given back',
    [line('unused_time', '2026-03-10', '2027-01-01')],
    span('2026-03-10', '2027-01-01'),
  ],
  [
    'of a trial is the trial',
    [line('trial', '2026-03-01', '2026-03-15')],
    span('2026-03-01', '2026-03-15'),
  ],
  ['of nothing is none', [], null],
])('the period of an invoice %s', (_, lines, period) => {
  expect(issuedFor(lines)).toEqual(period);
});
