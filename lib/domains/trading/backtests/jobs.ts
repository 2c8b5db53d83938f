import { type JobHandler, jobHandler, type Schedule } from '@/lib/infra/queue';
import { runBacktestContract, sweepBacktestsContract } from './job-contracts';
import { runQueuedBacktest } from './run-queued-backtest';
import { sweepBacktests } from './sweep-backtests';

export const jobs: JobHandler[] = [
  jobHandler(runBacktestContract, (ctx, payload, run) =>
    runQueuedBacktest(ctx, payload.backtestId, run.signal),
  ),
  jobHandler(sweepBacktestsContract, sweepBacktests),
];

export const schedules: Schedule[] = [
  { contract: sweepBacktestsContract, cron: '* * * * *', payload: {} },
];
