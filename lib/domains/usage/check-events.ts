import { checkInput } from '@/lib/kernel/input';
import type { IngestState } from './ingest-state';
import type { Aggregation } from './meters';
import { TOO_EARLY_MS, TOO_LATE_MS, type UsageEventInput, usageEventInput } from './schemas';

/** An event that may be stored. */
export type CheckedEvent = {
  id: string;
  source: string;
  meter: string;
  aggregation: Aggregation;
  value: number;
  /** What a `unique` meter counts. */
  subject: string | null;
  dimensions: string | null;
  at: Date;
  receivedAt: Date;
};

export type Rejection = { index: number; path: string; code: string; message: string };

type Fault = Omit<Rejection, 'index'>;
type Verdict = CheckedEvent | { fault: Fault };

/** Sorts events into those that may be stored and those that can't be, with the reason. */
export function checkEvents(
  events: unknown[],
  meters: IngestState['meters'],
  now: Date,
): { checked: CheckedEvent[]; rejected: Rejection[] } {
  const checked: CheckedEvent[] = [];
  const rejected: Rejection[] = [];
  for (const [index, event] of events.entries()) {
    const verdict = checkEvent(event, meters, now);
    if ('fault' in verdict) rejected.push({ index, ...verdict.fault });
    else checked.push(verdict);
  }
  return { checked, rejected };
}

const fault = (path: string, code: string, message: string): Verdict => ({
  fault: { path, code, message },
});

function checkEvent(event: unknown, meters: IngestState['meters'], now: Date): Verdict {
  const shape = checkInput(usageEventInput, event);
  if (!shape.ok) {
    const [first] = shape.errors;
    return fault(first?.path ?? '', first?.code ?? 'invalid', first?.message ?? '');
  }
  const input = shape.value;
  const meter = meters.get(input.meter);
  if (!meter) return fault('meter', 'unknown_meter', `There is no meter named ${input.meter}.`);
  if (meter.readOnly) {
    return fault('meter', 'meter_read_only', `${input.meter} is written by the platform alone.`);
  }
  const at = input.timestamp === undefined ? now : new Date(input.timestamp);
  const age = now.getTime() - at.getTime();
  if (age > TOO_LATE_MS) {
    return fault('timestamp', 'too_late', 'Events are taken up to 35 days after they happened.');
  }
  if (age < -TOO_EARLY_MS) {
    return fault('timestamp', 'too_early', 'Events are taken up to 5 minutes ahead of our clock.');
  }
  return {
    id: input.id,
    source: input.source,
    meter: input.meter,
    aggregation: meter.aggregation,
    value: input.value,
    subject: meter.aggregation === 'unique' ? subjectOf(input) : null,
    dimensions: input.dimensions ? JSON.stringify(input.dimensions) : null,
    at,
    receivedAt: now,
  };
}

/** A unique meter counts distinct `dimensions.subject`, or distinct values where none is given. */
function subjectOf(input: UsageEventInput): string {
  return String(input.dimensions?.subject ?? input.value);
}
