export { cancelSubscription, resumeSubscription } from './cancel-subscription';
export { changeSubscription, previewChange } from './change-subscription';
export { convergeBilling } from './converge-billing';
export { createSubscription } from './create-subscription';
export { getBillingNotice, getOverview } from './get-overview';
export { getSubscription, listSubscriptions } from './get-subscription';
export { explainInvoice } from './explain-invoice';
export { type InvoiceExplanation, invoiceExplanation } from './explanation';
export { getInvoicePdf } from './get-invoice-pdf';
export { getInvoice, listInvoices } from './list-invoices';
export { getPlan, listPlans } from './list-plans';
export { receiveWebhook } from './receive-webhook';
export { refreshCheckout } from './refresh-checkout';
export {
  type BillingNotice,
  type BillingOverview,
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
