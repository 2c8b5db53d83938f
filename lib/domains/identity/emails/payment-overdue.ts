import type { MailMessage } from '../mail-message';
import type { DunningNotice } from '../schemas';
import type { MailContent } from './layout';
import { accountWords } from './overdue-account';
import { writeDay } from './write-day';

type Overdue = Extract<MailMessage, { template: 'payment_overdue' }>;
type Words = Pick<MailContent, 'subject' | 'preview' | 'heading' | 'paragraphs'>;

const atOnce = 'Once it is paid, everything works again at once; nobody has to lift anything.';

/** Where there is an invoice: one that a card was to pay. */
type OverdueInvoice = Overdue & { invoiceNumber: string };

const words: Record<DunningNotice, (message: OverdueInvoice) => Words> = {
  payment_failed: ({ tenantName, amount, invoiceNumber, readOnlyAt }) => ({
    subject: `The payment of ${amount} for ${tenantName} failed`,
    preview: 'Nothing has stopped. Check the card, or pay the invoice now.',
    heading: 'The payment failed',
    paragraphs: [
      `Invoice ${invoiceNumber} for ${tenantName}, ${amount}, couldn’t be charged to your card. Banks often refuse for a day; we will try again by ourselves.`,
      `Nothing has stopped. Should it still be open on ${writeDay(readOnlyAt)}, everything can only be read from then on.`,
    ],
  }),
  reminder: ({ tenantName, amount, invoiceNumber, readOnlyAt }) => ({
    subject: `${amount} for ${tenantName} is still open`,
    preview: 'Pay it with another card, or let us try this one again.',
    heading: `${amount} is still open`,
    paragraphs: [
      `Invoice ${invoiceNumber} for ${tenantName} still couldn’t be charged. If the card has expired or been replaced, pay with the new one: it is kept for the next renewals.`,
      `Everything works until ${writeDay(readOnlyAt)}.`,
    ],
  }),
  last_call: ({ tenantName, amount, invoiceNumber, readOnlyAt, suspendedAt }) => ({
    subject: `${tenantName} can only be read from ${writeDay(readOnlyAt)}`,
    preview: `${amount} is open for a week.`,
    heading: `${amount} has been open for a week`,
    paragraphs: [
      `Invoice ${invoiceNumber} for ${tenantName} has been open for a week. From ${writeDay(readOnlyAt)} nothing new can be started; what is there can still be read and exported. From ${writeDay(suspendedAt)} the organisation is suspended.`,
      'Pay it now, and none of this happens.',
    ],
  }),
  read_only: ({ tenantName, amount, invoiceNumber, suspendedAt }) => ({
    subject: `${tenantName} can only be read now`,
    preview: `${amount} is overdue. Your data is safe.`,
    heading: `${tenantName} can only be read now`,
    paragraphs: [
      `Invoice ${invoiceNumber}, ${amount}, is overdue. What is there can be read and exported; changes and new back-tests are refused. From ${writeDay(suspendedAt)} the organisation is suspended.`,
      atOnce,
    ],
  }),
  suspended: ({ tenantName, amount, invoiceNumber }) => ({
    subject: `${tenantName} is suspended`,
    preview: `${amount} is overdue. Paying it lifts the suspension at once.`,
    heading: `${tenantName} is suspended`,
    paragraphs: [
      `Invoice ${invoiceNumber}, ${amount}, wasn’t paid. The API and all changes are refused now. Nothing was deleted.`,
      atOnce,
    ],
  }),
};

/** What is otherwise where the customer was to pay an invoice: no card was refused. */
const wordsByInvoice: Partial<typeof words> = {
  payment_failed: ({ tenantName, amount, invoiceNumber, readOnlyAt }) => ({
    subject: `Invoice ${invoiceNumber} for ${tenantName} is overdue`,
    preview: `${amount} was due. Nothing has stopped.`,
    heading: `${amount} is overdue`,
    paragraphs: [
      `Invoice ${invoiceNumber} for ${tenantName}, ${amount}, wasn’t paid by its due date. If the payment is on its way, there is nothing to do.`,
      `Nothing has stopped. Should it still be open on ${writeDay(readOnlyAt)}, everything can only be read from then on.`,
    ],
  }),
  reminder: ({ tenantName, amount, invoiceNumber, readOnlyAt }) => ({
    subject: `${amount} for ${tenantName} is still open`,
    preview: 'Pay it online, or as the invoice says.',
    heading: `${amount} is still open`,
    paragraphs: [
      `Invoice ${invoiceNumber} for ${tenantName} is past its due date and still open.`,
      `Everything works until ${writeDay(readOnlyAt)}.`,
    ],
  }),
};

function wordsFor(message: Overdue): Words {
  const { account, invoiceNumber, notice } = message;
  if (account !== null) return accountWords[notice]({ ...message, account });
  const said = (message.byInvoice && wordsByInvoice[notice]) || words[notice];
  return said({ ...message, invoiceNumber: invoiceNumber ?? '' });
}

/** What one notice of an overdue payment says: the amount, what happens when, and where it is paid. */
export function paymentOverdue(message: Overdue): MailContent {
  return {
    ...wordsFor(message),
    button: { label: `Pay ${message.amount}`, url: message.link },
    notes: [
      `Invoices and plan: ${message.billingLink}`,
      'If you have paid in the meantime, there is nothing to do.',
    ],
  };
}
