export {
  type AdminDrift,
  adminDriftPage,
  adminDriftQuery,
  driftHealBody,
  driftHealInput,
} from './drift/schemas';
export { findOperator } from './find-operator';
export {
  approveTenantDiscount,
  giveTenantDiscount,
  refuseTenantDiscount,
  removeTenantDiscount,
} from './discounts/give-tenant-discount';
export { listDiscounts } from './discounts/list-discounts';
export {
  type AdminDiscount,
  adminDiscount,
  adminDiscountPage,
  adminDiscountQuery,
  discountGiftBody,
  discountGiftForm,
  discountIdInput,
  discountRefusalBody,
  discountRefusalInput,
  discountRemovalBody,
  discountRemovalInput,
} from './discounts/schemas';
export { getStats } from './get-stats';
export { getTenantFacts, type TenantFacts } from './get-tenant-facts';
export { healFoundDrift } from './drift/heal-found-drift';
export { liftSuspension, suspendTenant } from './hold-tenant';
export { getTenantClock, moveTenantClock } from './move-tenant-clock';
export { askPlanMove, cancelPlanMove } from './moves/ask-move';
export { previewPlanMove } from './moves/preview-move';
export { getPlanMove, listPlanMoveParts, listPlanMoves } from './moves/read-moves';
export {
  planMove,
  planMoveBody,
  type PlanMoveDto,
  planMoveIdInput,
  planMoveInput,
  planMoveList,
  type PlanMovePartDto,
  planMovePartPage,
  planMovePartQuery,
  planMovePreview,
  type PlanMovePreview,
} from './moves/schemas';
export { listAllSubscriptions } from './list-all-subscriptions';
export { listAllTenants } from './list-all-tenants';
export { listDrift } from './drift/list-drift';
export { listPlatformAudit } from './list-platform-audit';
export { getWebhook, listWebhooks } from './list-webhooks';
export { changeOwnPassword } from './own-account/change-password';
export { renewRecoveryCodes, turnOffSecondFactor } from './own-account/second-factor';
export { type OwnSession, ownPasswordInput, ownSessionInput } from './own-account/schemas';
export { endOtherSessions, endOwnSession, listOwnSessions } from './own-account/sessions';
export { archivePlan } from './plans/archive-plan';
export { discardPlanDraft, savePlanDraft } from './plans/edit-draft';
export { getAdminPlan, listAdminPlans } from './plans/get-plans';
export { publishPlanDraft } from './plans/publish-draft';
export {
  type AdminPlan,
  adminPlan,
  adminPlanList,
  planArchiveBody,
  planArchiveInput,
  planDraftBody,
  planDraftForm,
  planRevisionBody,
  planRevisionInput,
} from './plans/schemas';
export {
  changeOperator,
  disableOperator,
  enableOperator,
  forgetSecondFactor,
} from './operators/change-operator';
export { addOperator, resendInvitation, withdrawInvitation } from './operators/invite-operator';
export { resetOperatorPassword } from './operators/reset-password';
export {
  getOperatorInvitation,
  joinAsOperator,
  type OperatorInvitation,
} from './operators/join';
export { listOperators } from './operators/list-operators';
export {
  type AdminOperator,
  adminOperator,
  adminOperatorPage,
  adminOperatorQuery,
  joinInput,
  operatorAddBody,
  operatorChangeBody,
  operatorChangeForm,
  operatorIdInput,
  operatorReasonBody,
  operatorReasonInput,
} from './operators/schemas';
export type { NewOperatorSession } from './open-session';
export { operatorCtx, type OperatorPrincipal, type SecondFactor } from './principal';
export { getInvoiceFacts, type InvoiceFacts } from './refunds/get-invoice-facts';
export { getCreditNotePaper, getInvoicePaper } from './refunds/get-papers';
export { listAllInvoices } from './refunds/list-invoices';
export { listRefunds } from './refunds/list-refunds';
export { approveRefund, refuseRefund, requestRefund } from './refunds/request-refund';
export {
  type AdminInvoice,
  adminInvoicePage,
  adminInvoiceQuery,
  type AdminRefund,
  adminRefund,
  adminRefundPage,
  adminRefundQuery,
  refundBody,
  refundForm,
  refundIdInput,
  refusalBody,
  refusalInput,
} from './refunds/schemas';
export { getAdminQuote, listAllQuotes } from './quotes/get-quotes';
export {
  type AdminQuote,
  adminQuote,
  adminQuotePage,
  adminQuoteQuery,
  quoteCreateBody,
  quoteDraftBody,
  quoteDraftForm,
  quoteSendBody,
  quoteSendInput,
  quoteWithdrawBody,
  quoteWithdrawInput,
} from './quotes/schemas';
export { sendQuote, withdrawQuote } from './quotes/send-quote';
export { createQuote, saveQuoteDraft } from './quotes/write-quote';
export { askReprice } from './reprice/ask-reprice';
export { exportReprice } from './reprice/export-reprice';
export { getReprice } from './reprice/get-reprice';
export {
  repriceBody,
  repriceInput,
  type RepriceReport,
  repriceReport,
} from './reprice/schemas';
export { proveSecondFactor } from './prove-second-factor';
export { replayWebhook } from './replay-webhook';
export {
  exportMovements,
  exportRevenueCustomers,
  exportRevenueInvoices,
} from './revenue/export-revenue';
export { getCohorts, getRevenue, getRevenueForecast } from './revenue/get-revenue';
export { listMovements, listRevenueCustomers, listRevenueInvoices } from './revenue/list-revenue';
export {
  type AdminSubscription,
  type AdminTenant,
  type AdminWebhook,
  adminStats,
  adminSubscriptionPage,
  adminSubscriptionQuery,
  adminTenantPage,
  adminTenantQuery,
  adminWebhookPage,
  adminWebhookQuery,
  codeInput,
  operatorSignInInput,
  platformAuditPage,
  platformAuditQuery,
  tenantClockInput,
  tenantHoldInput,
  webhookReplayInput,
} from './schemas';
export { confirmSecondFactor, getSecondFactor, startSecondFactor } from './set-up-second-factor';
export { signInOperator } from './sign-in-operator';
export { signOutOperator } from './sign-out-operator';
