'use client';

import { useState } from 'react';
import { EquityChart } from '../patterns/charts/equity-chart';
import { SegmentedControl } from '../ui/radio-group';
import { DEMO_HEIGHT, DemoFigures, demoNote } from './demo-still';
import type { DemoRunView, DemoView } from './demo-types';

const keyOf = (run: DemoRunView) => `${run.fast} / ${run.slow}`;

/** The product's own equity chart over real back-tests; the reader changes the rule's parameters. */
export function DemoLive({ demo }: { demo: DemoView }) {
  const [key, setKey] = useState(demo.runs[0] ? keyOf(demo.runs[0]) : '');
  const run = demo.runs.find((candidate) => keyOf(candidate) === key) ?? demo.runs[0];
  if (!run) return null;
  const { time, equity, drawdownPct } = run;
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-panel shadow-lg">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-raised/60 px-4 py-2.5 text-base">
        <span className="text-muted">Averages of</span>
        <SegmentedControl
          size="sm"
          legend="Fast and slow average, in days"
          value={key}
          onChange={setKey}
          options={demo.runs.map((candidate) => ({
            value: keyOf(candidate),
            label: keyOf(candidate),
          }))}
        />
        <span className="text-muted">
          days. Picking the best of three afterwards is how over-fitting starts.
        </span>
      </div>
      <EquityChart
        key={key}
        level={2}
        className="rounded-none border-0"
        title={`SMA cross ${run.fast}/${run.slow}`}
        note={demoNote(demo)}
        currency="USD"
        benchmarkLabel="Holding the index"
        fileName={`sma-cross-${run.fast}-${run.slow}`}
        height={DEMO_HEIGHT}
        series={{ time, equity, drawdownPct, benchmark: demo.benchmark }}
      />
      <DemoFigures demo={demo} run={run} />
    </div>
  );
}
