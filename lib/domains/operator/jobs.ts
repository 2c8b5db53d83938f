import { type JobHandler, jobHandler } from '@/lib/infra/queue';
import { repriceContract } from './reprice/job-contracts';
import { runReprice } from './reprice/run-reprice';

export const jobs: JobHandler[] = [
  jobHandler(repriceContract, (ctx, { id }, run) =>
    runReprice(id, () => ctx.clock.now(), run.signal),
  ),
];
