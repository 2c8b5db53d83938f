import { type JobHandler, jobHandler } from '@/lib/infra/queue';
import { runBacktestContract } from './job-contracts';
import { runQueuedBacktest } from './run-queued-backtest';

export const jobs: JobHandler[] = [
  jobHandler(runBacktestContract, (ctx, payload, run) =>
    runQueuedBacktest(ctx, payload.backtestId, run),
  ),
];
