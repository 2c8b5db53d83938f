import { withTenant } from '@/lib/infra/db';
import { type JobHandler, jobHandler } from '@/lib/infra/queue';
import { refreshContract } from './job-contracts';
import { refreshHotColumns } from './set-entitlements';

export const jobs: JobHandler[] = [
  jobHandler(refreshContract, (ctx) => withTenant(ctx, (tx) => refreshHotColumns(tx, ctx))),
];
