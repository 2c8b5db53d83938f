export { listAddOns } from './add-ons/list-add-ons';
export { addOnList, type AddOnDto, setAddOnsInput } from './add-ons/schemas';
export { previewAddOns, setAddOns } from './add-ons/set-add-ons';
export { billingDetailsForm } from './buyer/form';
export { getBillingDetails } from './buyer/get-billing-details';
export { type BillingDetailsDto, billingDetailsDto, billingDetailsInput } from './buyer/schemas';
export { setBillingDetails } from './buyer/set-billing-details';
export { cancelSubscription } from './cancel-subscription';
export { changeSubscription, previewChange, withdrawChange } from './change-subscription';
export { convergeBilling } from './converge-billing';
export { createSubscription } from './create-subscription';
export { CYCLE_MONTHS } from './engine';
export { acceptDrift } from './drift/accept-drift';
export { applyDiscountCode, previewDiscountCode, removeDiscount } from './discount/apply-code';
export { askGift, isForOne } from './discount/requests/ask-gift';
export { approveGift, refuseGift, requireSecond } from './discount/requests/decide-gift';
export { prepareGift } from './discount/requests/prepare-gift';
export {
  discountCodeInput,
  type DiscountDto,
  discountGift,
  type DiscountGift,
  discountPreview,
} from './discount/schemas';
export { type Drift, type DriftCure, driftCures, driftSchema } from './drift/schemas';
export { findDrift } from './find-drift';
export { getOverview } from './get-overview';
export type { BillingOverview } from './overview/schemas';
export { getSubscription, listSubscriptions } from './get-subscription';
export { explainInvoice } from './explain-invoice';
export { type InvoiceExplanation, invoiceExplanation } from './explanation';
export { getInvoicePdf } from './get-invoice-pdf';
export type { PdfDocument } from './pdf/document';
export { healDrift } from './heal-drift';
export { convergeContract, receiveContract } from './job-contracts';
export { getInvoice, listInvoices } from './list-invoices';
export { getPlan, listPlans } from './list-plans';
export { getOverage } from './overage/get-overage';
export { refusalsOf } from './lifecycle';
export {
  type OverageDto,
  overageDto,
  overageForm,
  overageList,
  overageParams,
  setOverageInput,
} from './overage/schemas';
export { setOverage } from './overage/set-overage';
export { followMoveContract } from './moves/job-contracts';
export { obstacleOf } from './moves/judge-move';
export { openMoveStates } from './moves/schemas';
export { pauseSubscription } from './pause-subscription';
export { publishOffers } from './publish-offers';
export { acceptQuote } from './quotes/accept-quote';
export { declineQuote } from './quotes/decline-quote';
export { getQuotePdf } from './quotes/get-quote-pdf';
export { tellOperatorsContract, type QuoteNews } from './quotes/job-contracts';
export { allowsCommand } from './lifecycle';
export { requireStep } from './quotes/lifecycle';
export { getQuote, listQuotes } from './quotes/list-quotes';
export { previewAcceptance } from './quotes/preview-acceptance';
export {
  decision,
  lockQuote,
  quoteIdOf,
  statusAt,
  toSentQuote,
  writeStep,
} from './quotes/quote-store';
export { billedIn } from './quotes/require-currency';
export { requestQuote } from './quotes/request-quote';
export { sendRevision } from './quotes/send-revision';
export {
  acceptQuoteInput,
  declineQuoteInput,
  quoteConsequence,
  type QuoteConsequence,
  quoteDto,
  type QuoteDto,
  quotePage,
  quotePdfQuery,
  requestQuoteInput,
} from './quotes/schemas';
export { payOverdue } from './pay-overdue';
export { reactivateSubscription } from './reactivate-subscription';
export { receiveWebhook } from './receive-webhook';
export { refreshCheckout } from './refresh-checkout';
export { renewCardPage } from './renew-card-page';
export { resumeSubscription } from './resume-subscription';
export { getPlanSimulation } from './simulation/get-plan-simulation';
export { planSimulation, planSimulationQuery } from './simulation/schemas';
export { simulateOffer, termsOfOffer } from './simulation/simulate-offer';
export { getBillingNotice } from './notice/get-billing-notice';
export type { BillingNotice } from './notice/schemas';
export {
  cancelSubscriptionInput,
  changePreview,
  changeSubscriptionInput,
  createSubscriptionInput,
  type InvoiceDto,
  invoiceDto,
  invoicePage,
  invoicePdfQuery,
  listQuery,
  type PlanDto,
  planDto,
  planList,
  type SubscriptionDto,
  subscriptionDto,
  subscriptionPage,
} from './schemas';
export { findClock, getClock } from './time-travel/get-clock';
export { moveClock } from './time-travel/move-clock';
export { openSandbox, type SandboxTime } from './time-travel/open-sandbox';
export {
  sandboxInput,
  type TenantClockDto,
  tenantClockDto,
  travelInput,
} from './time-travel/schemas';
export { askRefund, letGoAlone, type OperatorInside } from './refunds/ask-refund';
export { approveRefundRow, refuseRefundRow } from './refunds/decide-refund';
export { getMoneyBack } from './refunds/get-money-back';
export { moneyLeft } from './refunds/money-left';
export { getCreditNotePdf } from './refunds/get-credit-note-pdf';
export { type MoneyBack, moneyBackDto } from './refunds/schemas';
export { trySendRefund } from './refunds/send-refund';
export { fulfilWish } from './write-wish';
