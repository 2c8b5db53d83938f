import { tellOperatorsContract } from '@/lib/domains/billing';
import { type JobHandler, jobHandler } from '@/lib/infra/queue';
import { tellOperatorsOfQuote } from './quotes/tell-operators';
import { spreadMoveContract } from './moves/job-contracts';
import { spreadMove } from './moves/spread-move';
import { repriceContract } from './reprice/job-contracts';
import { runReprice } from './reprice/run-reprice';

export const jobs: JobHandler[] = [
  jobHandler(tellOperatorsContract, (_, { tenantId, quoteId, news }) =>
    tellOperatorsOfQuote(tenantId, quoteId, news),
  ),
  jobHandler(spreadMoveContract, (ctx, { id }, run) =>
    spreadMove(id, () => ctx.clock.now(), run.signal),
  ),
  jobHandler(repriceContract, (ctx, { id }, run) =>
    runReprice(id, () => ctx.clock.now(), run.signal),
  ),
];
