import { z } from 'zod';
import { dunningNotices } from './schemas';
import { operatorMails } from './operator-mails';
import { quoteMails } from './quote-mails';
import { subscriptionMails } from './subscription-mails';

const link = z.url();
const to = z.email();
const tenantName = z.string();

/** Every mail the product sends about people, and what each must know. */
export const mailMessage = z.discriminatedUnion('template', [
  z.object({ template: z.literal('verify_email'), to, link, tenantName }),
  z.object({ template: z.literal('choose_password'), to, link, tenantName }),
  z.object({ template: z.literal('confirm_tenant'), to, link, tenantName }),
  z.object({ template: z.literal('reset_password'), to, link }),
  z.object({
    template: z.literal('password_changed'),
    to,
    link,
    /** Whether the person's other devices were signed out with it. */
    othersEnded: z.boolean().default(true),
  }),
  z.object({
    template: z.literal('invitation'),
    to,
    link,
    tenantName,
    inviter: z.string(),
    role: z.string(),
  }),
  z.object({
    template: z.literal('payment_overdue'),
    to,
    /** Where it is paid: the page of the invoice, with any card, or the billing page. */
    link,
    billingLink: z.url(),
    tenantName,
    notice: z.enum(dunningNotices),
    /** Whether the customer was to pay an invoice, instead of a card being charged. */
    byInvoice: z.boolean().default(false),
    /** What the payer's account is called that is charged in place of a card, such as PayPal. */
    account: z.string().nullable().default(null),
    /** As people write it: `$199.00`. */
    amount: z.string(),
    /** Null where no invoice is made before it is paid. */
    invoiceNumber: z.string().nullable(),
    readOnlyAt: z.iso.datetime(),
    suspendedAt: z.iso.datetime(),
  }),
  z.object({
    template: z.literal('refund_done'),
    to,
    link,
    tenantName,
    /** As it is written: "$49.00". */
    amount: z.string(),
    /** Numbers of the documents. */
    invoice: z.string(),
    creditNote: z.string(),
  }),
  z.object({ template: z.literal('tenant_closed'), to, link, tenantName, until: z.string() }),
  ...operatorMails,
  ...quoteMails,
  ...subscriptionMails,
]);
export type MailMessage = z.infer<typeof mailMessage>;
