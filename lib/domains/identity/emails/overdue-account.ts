import type { MailMessage } from '../mail-message';
import type { DunningNotice } from '../schemas';
import type { MailContent } from './layout';
import { writeDay } from './write-day';

type Overdue = Extract<MailMessage, { template: 'payment_overdue' }>;
type Words = Pick<MailContent, 'subject' | 'preview' | 'heading' | 'paragraphs'>;

const HOW =
  'Make sure that your account there can pay, then press “Pay” on the billing page: it is taken at once, as you agreed, and you get its invoice.';

const AT_ONCE = 'Once it is paid, everything works again at once; nobody has to lift anything.';

/**
 * What is said where an account of the payer's own is charged, such as PayPal: no card was refused, and there is no
 * invoice before it is paid.
 */
export const accountWords: Record<
  DunningNotice,
  (message: Overdue & { account: string }) => Words
> = {
  payment_failed: ({ tenantName, amount, account, readOnlyAt }) => ({
    subject: `${account} declined ${amount} for ${tenantName}`,
    preview: 'Nothing has stopped. Look at your account there, then pay now.',
    heading: 'The payment failed',
    paragraphs: [
      `${account} declined ${amount} for ${tenantName}. ${HOW}`,
      `Nothing has stopped. Should it still be open on ${writeDay(readOnlyAt)}, everything can only be read from then on.`,
    ],
  }),
  reminder: ({ tenantName, amount, account, readOnlyAt }) => ({
    subject: `${amount} for ${tenantName} is still open`,
    preview: `${account} couldn’t take it yet. Pay it on the billing page.`,
    heading: `${amount} is still open`,
    paragraphs: [
      `${account} still couldn’t take ${amount} for ${tenantName}. ${HOW}`,
      `Everything works until ${writeDay(readOnlyAt)}.`,
    ],
  }),
  last_call: ({ tenantName, amount, account, readOnlyAt, suspendedAt }) => ({
    subject: `${tenantName} can only be read from ${writeDay(readOnlyAt)}`,
    preview: `${amount} is open for a week.`,
    heading: `${amount} has been open for a week`,
    paragraphs: [
      `${account} couldn’t take ${amount} for ${tenantName} for a week. From ${writeDay(readOnlyAt)} nothing new can be started; what is there can still be read and exported. From ${writeDay(suspendedAt)} the organisation is suspended.`,
      HOW,
    ],
  }),
  read_only: ({ tenantName, amount, account, suspendedAt }) => ({
    subject: `${tenantName} can only be read now`,
    preview: `${amount} is overdue. Your data is safe.`,
    heading: `${tenantName} can only be read now`,
    paragraphs: [
      `${amount} is overdue: ${account} couldn’t take it. What is there can be read and exported; changes and new back-tests are refused. From ${writeDay(suspendedAt)} the organisation is suspended.`,
      `${HOW} ${AT_ONCE}`,
    ],
  }),
  suspended: ({ tenantName, amount, account }) => ({
    subject: `${tenantName} is suspended`,
    preview: `${amount} is overdue. Paying it lifts the suspension at once.`,
    heading: `${tenantName} is suspended`,
    paragraphs: [
      `${amount} wasn’t paid: ${account} couldn’t take it. The API and all changes are refused now. Nothing was deleted.`,
      `${HOW} ${AT_ONCE}`,
    ],
  }),
};
