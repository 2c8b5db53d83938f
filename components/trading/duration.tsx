const STEPS: readonly [seconds: number, unit: string][] = [
  [86_400 * 365.25, 'years'],
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
];

/** A length of time in the unit that suits it; the seconds on hover. */
export function Duration({ seconds }: { seconds: number | null }) {
  if (seconds === null) return <span className="text-faint">–</span>;
  const [size, unit] = STEPS.find(([length]) => seconds >= 2 * length) ?? [1, 'seconds'];
  const digits = seconds / size >= 100 || unit === 'seconds' ? 0 : 1;
  return (
    <span className="figures whitespace-nowrap" title={`${seconds.toLocaleString('en')} seconds`}>
      {(seconds / size).toLocaleString('en', { maximumFractionDigits: digits })}
      <span className="ml-1 text-muted">{unit}</span>
    </span>
  );
}
