import { describe, expect, it } from 'vitest';
import { runDemo } from './run-demo';

describe('the back-test on the landing page', () => {
  it('covers the bundled bars and keeps the end of every curve', async () => {
    const demo = await runDemo();
    expect(demo).toMatchObject({ from: '2000-01-03', to: '2020-04-17', bars: 5105 });
    for (const run of demo.runs) {
      expect(run.time).toHaveLength(demo.benchmark.length);
      expect(run.equity).toHaveLength(demo.benchmark.length);
      expect(run.time.at(-1)).toBe(Date.parse('2020-04-17') / 1000);
      expect(run.equity.at(-1)).toBe(Math.round(demo.cash * (1 + run.returnPct / 100)));
      expect(Math.min(...run.drawdownPct)).toBeGreaterThanOrEqual(run.maxDrawdownPct - 0.1);
    }
  });
  it('charges costs, and trades less the slower the averages are', async () => {
    const { runs } = await runDemo();
    expect(runs.every((run) => run.commissions > 0)).toBe(true);
    expect(runs.map((run) => run.trades)).toEqual(
      runs.map((run) => run.trades).toSorted((a, b) => b - a),
    );
  });
  it('compares with holding the index: 1469.25 to 2874.56', async () => {
    const { benchmarkReturnPct } = await runDemo();
    expect(benchmarkReturnPct).toBeCloseTo((2874.560059 / 1469.25 - 1) * 100, 6);
  });
});
