const conventions = [
  [
    'Entry and exit',
    'A signal on the close of a bar fills at the open of the next. Nothing trades on a price it was decided by.',
  ],
  [
    'Stops',
    'A stop fills at the worse of its price and the open, so an overnight gap costs what it would have cost.',
  ],
  [
    'Limits',
    'A limit fills at the better of its price and the open, and only when the bar reached it.',
  ],
  [
    'Both in one bar',
    'When stop-loss and take-profit lie inside the same bar, the stop-loss counts.',
  ],
  [
    'Costs',
    'Commission is charged on entry and on exit; slippage is added to market and stop orders.',
  ],
  [
    'Look-ahead',
    'A rule that reaches into the future is refused before it runs, with the place of the fault.',
  ],
] as const;

export function Conventions() {
  return (
    <dl className="grid gap-x-10 sm:grid-cols-2">
      {conventions.map(([name, text]) => (
        <div key={name} className="border-t border-line py-4">
          <dt className="font-semibold text-md text-strong">{name}</dt>
          <dd className="mt-1 max-w-[52ch] text-md text-muted">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
