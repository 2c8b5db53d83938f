import type { MailMessage } from '../mail-message';
import type { MailContent } from './layout';
import { writeDay } from './write-day';

type Of<T extends MailMessage['template']> = Extract<MailMessage, { template: T }>;
type SubscriptionMail = Of<
  | 'trial_ending'
  | 'payment_returned'
  | 'subscription_ending'
  | 'subscription_ended'
  | 'receipt'
  | 'plan_moved'
>;

const UNTOUCHED = 'What is there stays: it can be read and exported.';

type Outcome = Pick<MailContent, 'paragraphs' | 'button' | 'notes'>;

const outcomes: Record<
  Of<'trial_ending'>['outcome'],
  (message: Of<'trial_ending'>, day: string) => Outcome
> = {
  charged: ({ planName, tenantName, price, paidBy, link }, day) => ({
    paragraphs: [
      `The trial of ${planName} for ${tenantName} ends on ${day}. From then on it is ${price}, before tax and discounts, charged to ${paidBy}.`,
      'There is nothing to do if you want to go on.',
    ],
    button: { label: 'See the plan', url: link },
    notes: [
      'If you don’t want it, cancel it on the billing page before that day: nothing is charged.',
    ],
  }),
  invoiced: ({ planName, tenantName, price, link }, day) => ({
    paragraphs: [
      `The trial of ${planName} for ${tenantName} ends on ${day}. From then on it is ${price}, before tax and discounts; the first invoice comes on that day.`,
    ],
    button: { label: 'See the plan', url: link },
    notes: ['If you don’t want it, cancel it on the billing page before that day.'],
  }),
  card_missing: ({ planName, tenantName, price, link }, day) => ({
    paragraphs: [
      `The trial of ${planName} for ${tenantName} ends on ${day}, and there is no card to go on with: the plan ends with its trial. ${UNTOUCHED}`,
      `To keep it, add a card. It is charged ${price}, before tax and discounts, from ${day} on, and not before.`,
    ],
    button: { label: 'Add a card', url: link },
    notes: ['If you don’t want it, there is nothing to do; nothing is charged.'],
  }),
  plan_missing: ({ tenantName, link }, day) => ({
    paragraphs: [
      `The trial of ${tenantName} ends on ${day}. ${UNTOUCHED} Anything new takes a plan.`,
    ],
    button: { label: 'Choose a plan', url: link },
    notes: ['If you don’t want one, there is nothing to do; nothing is charged.'],
  }),
};

function trialEnding(message: Of<'trial_ending'>): MailContent {
  const day = writeDay(message.endsAt);
  return {
    subject: `The trial of ${message.tenantName} ends on ${day}`,
    preview: {
      charged: `${message.price} from then on. Nothing to do to go on.`,
      invoiced: `${message.price} from then on, by invoice.`,
      card_missing: 'Add a card to keep the plan.',
      plan_missing: 'Choose a plan to go on.',
    }[message.outcome],
    heading: `The trial ends on ${day}`,
    ...outcomes[message.outcome](message, day),
  };
}

const paymentReturned = ({ link, tenantName, planName }: Of<'payment_returned'>): MailContent => ({
  subject: `Payment received: ${tenantName} works as before`,
  preview: 'Nothing is overdue any more.',
  heading: 'Payment received',
  paragraphs: [
    `What was overdue for ${tenantName} is paid. Everything of ${planName} works again, from now on and without anybody having to lift anything.`,
  ],
  button: { label: 'See the plan', url: link },
  notes: ['Reminders about this payment can be ignored.'],
});

const ending = (message: Of<'subscription_ending'>): MailContent => {
  const { link, tenantName, planName, onTrial } = message;
  const until = writeDay(message.until);
  return {
    subject: `${planName} for ${tenantName} ends on ${until}`,
    preview: `It works until then. You can keep it with one click.`,
    heading: `${planName} ends on ${until}`,
    paragraphs: [
      `${planName} for ${tenantName} was cancelled. It works until ${until}, and ${onTrial ? 'nothing is charged' : 'nothing is charged for a further period'}. ${UNTOUCHED}`,
      `Changed your mind? Until that day “Keep subscription” on the billing page takes the cancellation back, and everything goes on as it was.`,
    ],
    button: { label: 'Keep subscription', url: link },
    notes: [
      'If it was meant, there is nothing to do. If you didn’t expect this, ask an owner of the organisation.',
    ],
  };
};

const endings: Record<
  Of<'subscription_ended'>['reason'],
  (message: Of<'subscription_ended'>) => string
> = {
  asked: ({ planName, tenantName }) => `${planName} for ${tenantName} has ended, as was asked.`,
  trial_over: ({ planName, tenantName }) =>
    `The trial of ${planName} for ${tenantName} is over, and there was no card to go on with. Nothing was charged.`,
  unpaid: ({ planName, tenantName }) =>
    `${planName} for ${tenantName} has ended, because its invoice wasn’t paid.`,
  provider: ({ planName, tenantName }) =>
    `${planName} for ${tenantName} has ended at the payment provider.`,
};

const ended = (message: Of<'subscription_ended'>): MailContent => ({
  subject: `${message.planName} for ${message.tenantName} has ended`,
  preview: 'What is there can still be read and exported.',
  heading: `${message.planName} has ended`,
  paragraphs: [
    endings[message.reason](message),
    `Since ${writeDay(message.endedAt)} nothing new can be started. ${UNTOUCHED} A plan can be started again at any time.`,
  ],
  button: { label: 'Start a plan', url: message.link },
  notes: ['Invoices and credit notes stay on the billing page.'],
});

const receipt = ({ link, tenantName, invoice, amount, ...of }: Of<'receipt'>): MailContent => ({
  subject: `Receipt: ${amount} for ${tenantName}`,
  preview: `Invoice ${invoice} is paid.`,
  heading: `Thank you: ${amount} received`,
  paragraphs: [
    `Invoice ${invoice} for ${tenantName} was paid on ${writeDay(of.paidAt)}.`,
    ...of.lines,
  ],
  button: { label: 'See the invoice', url: link },
  notes: [
    'The invoice can be downloaded as a PDF on its page, and every line of it is explained there.',
  ],
});

const priceWords = ({ before, after }: Of<'plan_moved'>) =>
  before === after ? `the price stays ${after}` : `the price is ${after} instead of ${before}`;

function planMoved(message: Of<'plan_moved'>): MailContent {
  const { link, tenantName, planName, at, atOnce, before, after, rises } = message;
  const button = { label: 'See the plan', url: link };
  if (at === null) {
    return {
      subject: `${planName} for ${tenantName} stays as it is`,
      preview: 'The change that we announced doesn’t happen.',
      heading: `${planName} stays as it is`,
      paragraphs: [
        `We told you of a new version of ${planName} for ${tenantName}. That doesn’t happen: the plan goes on as it is, for ${before}.`,
      ],
      button,
      notes: ['There is nothing to do.'],
    };
  }
  const day = writeDay(at);
  return {
    subject: rises
      ? `The price of ${planName} for ${tenantName} changes on ${day}`
      : `${planName} for ${tenantName} has a new version from ${day}`,
    preview: `${after} from then on, before tax and discounts.`,
    heading: rises ? `The price changes on ${day}` : `A new version of ${planName}`,
    paragraphs: [
      `${atOnce ? `Since ${day}` : `From the renewal of ${day} on`} ${tenantName} has the current version of ${planName}, and ${priceWords(message)}, before tax and discounts. Its limits and features are on the billing page.`,
      atOnce
        ? 'What was paid for the rest of this period is credited, and the new price charged for it, on one invoice.'
        : 'Until then everything stays as it is, and nothing is charged for the change.',
    ],
    button,
    notes: [
      atOnce
        ? 'If you have questions, write to the address on your invoice.'
        : 'There is nothing to do. If you don’t want to go on, cancel on the billing page before that day.',
    ],
  };
}

/** What a mail about the life of a subscription says. */
export function subscriptionContent(message: SubscriptionMail): MailContent {
  switch (message.template) {
    case 'trial_ending':
      return trialEnding(message);
    case 'payment_returned':
      return paymentReturned(message);
    case 'subscription_ending':
      return ending(message);
    case 'subscription_ended':
      return ended(message);
    case 'receipt':
      return receipt(message);
    case 'plan_moved':
      return planMoved(message);
  }
}
