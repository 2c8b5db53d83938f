export {
  addUsage,
  changeAtEnd,
  changeNow,
  crossBoundary,
  endAccount,
  pauseAccount,
  resumeAccount,
  type Start,
  startAccount,
} from './account';
export { composeInvoice } from './compose-invoice';
export { addMonths, CYCLE_MONTHS, monthAt, periodAt } from './periods';
export { type MeterMonth, overageLine, rateOverage } from './rate-overage';
export { share } from './rounding';
export { type Act, runTimeline, type Timeline } from './run-timeline';
export type {
  Account,
  Cents,
  Cycle,
  Discount,
  Instant,
  Invoice,
  Item,
  Line,
  Outcome,
  OverageTerms,
  Span,
  Status,
  Terms,
} from './types';
