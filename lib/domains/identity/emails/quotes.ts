import type { MailMessage } from '../mail-message';
import type { MailContent } from './layout';
import { writeDay } from './write-day';

type Of<T extends MailMessage['template']> = Extract<MailMessage, { template: T }>;
type QuoteMail = Of<'quote_sent' | 'quote_accepted' | 'quote_news'>;

function sent({ link, tenantName, number, price, until, revision }: Of<'quote_sent'>): MailContent {
  const day = writeDay(until);
  const revised = revision > 1;
  return {
    subject: `${revised ? 'Revised quote' : 'Quote'} ${number} for ${tenantName}`,
    preview: `${price}, open until ${day}.`,
    heading: revised ? `Quote ${number} was revised` : `Your quote ${number} is ready`,
    paragraphs: [
      revised
        ? `We revised the quote for ${tenantName}: now ${price}, before tax. What was sent before can’t be accepted any more.`
        : `We quote ${tenantName} ${price}, before tax.`,
      `It is open until the end of ${day}, UTC. An owner of the organisation can accept or decline it; limits, terms and the document to print are on its page.`,
    ],
    button: { label: 'Read the quote', url: link },
    notes: ['Nothing is charged before it is accepted.'],
  };
}

const accepted = (message: Of<'quote_accepted'>): MailContent => ({
  subject: `Quote ${message.number} is accepted`,
  preview: `${message.price}; invoices are due ${message.netDays} days after their date.`,
  heading: `Quote ${message.number} is accepted`,
  paragraphs: [
    `${message.tenantName} accepted ${message.price}, before tax. Invoices come by mail and are due ${message.netDays} days after their date; no card is charged.`,
  ],
  button: { label: 'See the plan', url: message.link },
  notes: ['If you didn’t expect this, ask an owner of the organisation.'],
});

const newsWords = {
  requested: 'asks for a quote',
  accepted: 'accepted its quote',
  declined: 'declined its quote',
};

const news = (message: Of<'quote_news'>): MailContent => ({
  subject: `${message.tenantName} ${newsWords[message.news]} (${message.number})`,
  preview: message.words ?? `Quote ${message.number}`,
  heading: `${message.tenantName} ${newsWords[message.news]}`,
  paragraphs: message.words ? [`In their words: “${message.words}”`] : [],
  button: { label: 'Open in the console', url: message.link },
  notes: [],
});

/** What a mail about a quote says. */
export function quoteContent(message: QuoteMail): MailContent {
  switch (message.template) {
    case 'quote_sent':
      return sent(message);
    case 'quote_accepted':
      return accepted(message);
    case 'quote_news':
      return news(message);
  }
}
