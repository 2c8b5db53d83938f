import { pushBuyerInBackground } from './buyer/push-buyer';
import { log } from '@/lib/infra/log';
import { type JobHandler, jobHandler, type Schedule } from '@/lib/infra/queue';
import { advanceDunning } from './dunning/advance-dunning';
import {
  beginOverageContract,
  clearWebhooksContract,
  closeAllContract,
  closeMonthsContract,
  convergeContract,
  dunningContract,
  provisionContract,
  pushBuyerContract,
  pushContract,
  receiveContract,
  reconcileContract,
  refundContract,
  syncCatalogueContract,
  travelContract,
} from './job-contracts';
import { followMove } from './moves/follow-move';
import { followMoveContract } from './moves/job-contracts';
import { clearWebhooks } from './clear-webhooks';
import { beginOverage } from './overage/begin-overage';
import { queueCloses } from './overage/close-months';
import { settleOverage } from './overage/hand-over';
import { provisionInBackground } from './provision-or-give-up';
import { pushInBackground } from './push-wish';
import { expireQuote } from './quotes/expire-quote';
import { expireQuoteContract } from './quotes/job-contracts';
import { processWebhook } from './receive-webhook';
import { followProvider, healTenant, reconcileBilling } from './reconcile-billing';
import { sendRefund } from './refunds/send-refund';
import { syncCatalogue } from './sync-catalogue';
import { travel } from './time-travel/travel';

export const jobs: JobHandler[] = [
  jobHandler(receiveContract, (ctx, { provider, eventId }) =>
    processWebhook(ctx, provider, eventId),
  ),
  jobHandler(provisionContract, (ctx, { subscriptionId }) =>
    provisionInBackground(ctx, subscriptionId),
  ),
  jobHandler(expireQuoteContract, (ctx, { quoteId, revision }) =>
    expireQuote(ctx, quoteId, revision),
  ),
  jobHandler(pushBuyerContract, (ctx) => pushBuyerInBackground(ctx)),
  jobHandler(pushContract, (ctx, { subscriptionId }) => pushInBackground(ctx, subscriptionId)),
  jobHandler(refundContract, (ctx, { refundId }) => sendRefund(ctx, refundId)),
  jobHandler(convergeContract, (ctx, { toldBy }) =>
    toldBy ? followProvider(ctx, toldBy) : healTenant(ctx),
  ),
  jobHandler(dunningContract, (ctx) => advanceDunning(ctx)),
  jobHandler(followMoveContract, (ctx) => followMove(ctx)),
  jobHandler(travelContract, (ctx, _, run) => travel(ctx, run.signal)),
  jobHandler(reconcileContract, async (ctx) => {
    log().info(await reconcileBilling(ctx), 'billing compared with the provider');
  }),
  jobHandler(clearWebhooksContract, async (ctx) => {
    log().info({ webhooks: await clearWebhooks(ctx) }, 'old webhooks forgotten');
  }),
  jobHandler(beginOverageContract, (ctx) => beginOverage(ctx)),
  jobHandler(closeMonthsContract, (ctx) => settleOverage(ctx)),
  jobHandler(closeAllContract, async (ctx) => {
    log().info({ tenants: await queueCloses(ctx) }, 'months to be closed or corrected');
  }),
  jobHandler(syncCatalogueContract, async (ctx) => {
    log().info(await syncCatalogue(ctx), 'catalogue at the provider');
  }),
];

/** At quiet hours, UTC; the catalogue first. */
export const schedules: Schedule[] = [
  // Soon after midnight, while renewals of that moment are drafts; every hour, for what came late or fell through.
  { contract: closeAllContract, cron: '5 * * * *', payload: {} },
  { contract: syncCatalogueContract, cron: '40 2 * * *', payload: {} },
  { contract: clearWebhooksContract, cron: '50 2 * * *', payload: {} },
  { contract: reconcileContract, cron: '10 3 * * *', payload: {} },
];
