import type { ReactNode } from 'react';

/** The four steps, in the order in which one takes them. */
export function Workflow() {
  return (
    <ol className="flex flex-col gap-12">
      <Step
        title="Bring bars"
        text="Upload CSV from MetaTrader or anywhere else, up to 256 MB at a time. Each bad row is reported with its line, and you choose whether one bad row refuses the file or is left out."
      >
        <UploadReport />
      </Step>
      <Step
        title="Write the rule"
        text="Rules are a small language in JSON, with presets to start from. Names, ranges and periods are checked while you edit; every saved version stays."
      >
        <Rule />
      </Step>
      <Step
        title="Run it, with costs"
        text="Back-tests run in the background and can be cancelled. You get equity, drawdown, candles with each entry and exit, and every metric with its definition beside it."
      >
        <TradeMarks />
      </Step>
      <Step
        title="Let programs do it"
        text="Everything the pages do has a call in the REST API, with keys, scopes, idempotent writes and usage counted live. Limits are shown before they bite."
      >
        <ApiCall />
      </Step>
    </ol>
  );
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="grid items-start gap-x-12 gap-y-5 border-t border-line pt-8 lg:grid-cols-[2fr_3fr]">
      <div>
        <h3 className="text-lg">{title}</h3>
        <p className="mt-2 max-w-[48ch] text-md text-muted">{text}</p>
      </div>
      {children}
    </li>
  );
}

const reportLines = [
  { line: 70_001, text: 'The high (108.20) is below the low (108.92).' },
  { line: 70_114, text: 'The time 2019-03-04T09:31:00Z was on line 70,113 already.' },
];

function UploadReport() {
  return (
    <figure className="rounded-lg border border-line bg-panel">
      <figcaption className="border-b border-line px-4 py-2.5 text-muted text-sm">
        Report of an upload, as an example
      </figcaption>
      <ul className="figures divide-y divide-line">
        {reportLines.map((entry) => (
          <li key={entry.line} className="flex gap-4 px-4 py-2.5 text-base">
            <span className="w-24 shrink-0 text-muted">
              Line {entry.line.toLocaleString('en-US')}
            </span>
            <span className="text-negative">{entry.text}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

const rule = `"indicators": {
  "f": { "sma": ["close", "$fast"] },
  "s": { "sma": ["close", "$slow"] }
},
"entry": {
  "long":  { "crosses_above": ["f", "s"] },
  "short": { "crosses_below": ["f", "s"] }
},
"exit": { "on_opposite_entry": true },
"size": { "fraction_of_equity": 1.0, "whole_units": true }`;

function Code({ label, text }: { label: string; text: string }) {
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-panel">
      <figcaption className="border-b border-line px-4 py-2.5 text-muted text-sm">
        {label}
      </figcaption>
      <pre
        tabIndex={0}
        className="scrollbar-quiet overflow-x-auto px-4 py-3 font-mono text-default text-sm"
      >
        <code>{text}</code>
      </pre>
    </figure>
  );
}

function Rule() {
  return <Code label="The rule of the chart above" text={rule} />;
}

/** How entries and exits are drawn: by shape and by colour. */
function TradeMarks() {
  return (
    <figure className="rounded-lg border border-line bg-panel px-4 py-3">
      <svg viewBox="0 0 480 120" className="w-full" aria-hidden="true">
        {candles.map(([x, open, close, high, low]) => (
          <g
            key={x}
            className={
              close < open ? 'fill-panel stroke-chart-up' : 'fill-chart-down stroke-chart-down'
            }
            strokeWidth="1.5"
          >
            <path d={`M${x + 6} ${high}V${low}`} />
            <rect x={x} y={Math.min(open, close)} width="12" height={Math.abs(close - open)} />
          </g>
        ))}
        <path d="M110 98l8 12H102z" className="fill-chart-1" />
        <path d="M361 12h10v10h-10z" className="fill-chart-6" />
      </svg>
      <figcaption className="flex flex-wrap gap-x-6 gap-y-1 border-t border-line pt-2.5 text-muted text-sm">
        <span>▲ bought</span>
        <span>▼ sold short</span>
        <span>■ closed, with its result</span>
        <span>hollow: rising bar, solid: falling</span>
      </figcaption>
    </figure>
  );
}

/** x, open, close, high, low in drawing units (y grows downward). */
const candles: readonly [number, number, number, number, number][] = [
  [20, 60, 70, 54, 76],
  [62, 70, 82, 66, 88],
  [104, 82, 72, 68, 90],
  [146, 72, 58, 52, 76],
  [188, 58, 64, 52, 70],
  [230, 64, 48, 42, 68],
  [272, 48, 40, 34, 54],
  [314, 40, 46, 36, 52],
  [356, 46, 36, 30, 50],
  [398, 36, 52, 32, 58],
  [440, 52, 60, 46, 66],
];

const call = `curl -X POST http://localhost:8080/api/v1/backtests \\
  -H "Authorization: Bearer $NZ_KEY" -H "Content-Type: application/json" \\
  -d '{"strategy_id": "stg_…", "symbol": "SPX", "timeframe": "1d",
       "cash": 100000, "commission": {"rate": 0.001, "fixed": 0}}'

202 {"id": "bkt_…", "status": "queued"}`;

function ApiCall() {
  return <Code label="A back-test from a program" text={call} />;
}
