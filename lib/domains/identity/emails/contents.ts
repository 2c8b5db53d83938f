import type { MailMessage } from '../mail-message';
import type { MailContent } from './layout';
import { operatorContent } from './operators';
import { paymentOverdue } from './payment-overdue';
import { writeDay } from './write-day';
import { quoteContent } from './quotes';
import { subscriptionContent } from './subscriptions';

type Of<T extends MailMessage['template']> = Extract<MailMessage, { template: T }>;

const notYou = 'If this wasn’t you, you can ignore this mail; nothing happens without the link.';

const verifyEmail = ({ link, tenantName }: Of<'verify_email'>): MailContent => ({
  subject: 'Confirm your e-mail address',
  preview: `One click, and ${tenantName} is fully set up.`,
  heading: 'Confirm your e-mail address',
  paragraphs: [
    `Welcome. ${tenantName} is ready and your trial has started.`,
    'Confirm that this address is yours, so that you can invite colleagues and get back in if you lose your password.',
  ],
  button: { label: 'Confirm address', url: link },
  notes: ['The link works for three days.', notYou],
});

const choosePassword = ({ link, tenantName }: Of<'choose_password'>): MailContent => ({
  subject: `Choose a password for ${tenantName}`,
  preview: `${tenantName} is ready. Choose a password to sign in.`,
  heading: `${tenantName} is ready`,
  paragraphs: [
    'An account was made with this e-mail address. Choose a password, and you can sign in; your address is confirmed at the same time.',
  ],
  button: { label: 'Choose a password', url: link },
  notes: ['The link works once, for seven days.', notYou],
});

const confirmTenant = ({ link, tenantName }: Of<'confirm_tenant'>): MailContent => ({
  subject: `Confirm the new organisation ${tenantName}`,
  preview: 'Somebody used your address to set up an organisation.',
  heading: `Is ${tenantName} yours?`,
  paragraphs: [
    `Somebody set up the organisation ${tenantName} with this e-mail address, which already has an account.`,
    'If it was you, confirm it: the organisation is then added to your account and you become its owner. Your password stays as it is.',
  ],
  button: { label: 'Add to my account', url: link },
  notes: [
    'The link works for seven days.',
    'If it wasn’t you, do nothing: the organisation never gets into your account.',
  ],
});

const resetPassword = ({ link }: Of<'reset_password'>): MailContent => ({
  subject: 'Reset your password',
  preview: 'A link to choose a new password.',
  heading: 'Choose a new password',
  paragraphs: ['You asked to reset your password. Choose a new one here.'],
  button: { label: 'Choose a new password', url: link },
  notes: [
    'The link works once, for an hour. All other devices are signed out when you use it.',
    'If you didn’t ask for this, ignore this mail; your password stays as it is.',
  ],
});

const passwordChanged = ({ link, othersEnded }: Of<'password_changed'>): MailContent => ({
  subject: 'Your password was changed',
  preview: othersEnded
    ? 'All other devices have been signed out.'
    : 'Other devices have stayed signed in.',
  heading: 'Your password was changed',
  paragraphs: [
    othersEnded
      ? 'The password of your account was changed just now, and all other devices were signed out.'
      : 'The password of your account was changed just now. Other devices have stayed signed in, as was chosen.',
  ],
  button: { label: 'This wasn’t me', url: link },
  notes: [
    'If it was you, there is nothing to do. If not, reset the password at once with the button.',
  ],
});

const invitation = (message: Of<'invitation'>): MailContent => ({
  subject: `${message.inviter} invites you to ${message.tenantName}`,
  preview: `Join ${message.tenantName} as ${message.role}.`,
  heading: `Join ${message.tenantName}`,
  paragraphs: [
    `${message.inviter} invites you to work in ${message.tenantName} with the role ${message.role}.`,
  ],
  button: { label: 'Accept the invitation', url: message.link },
  notes: [
    'The invitation is good for seven days.',
    'If you don’t expect it, you can ignore this mail.',
  ],
});

const tenantClosed = ({ link, tenantName, until }: Of<'tenant_closed'>): MailContent => {
  const day = writeDay(until);
  return {
    subject: `${tenantName} has been closed`,
    preview: `You can bring it back until ${day}.`,
    heading: `${tenantName} has been closed`,
    paragraphs: [
      `Nobody can sign in to ${tenantName} any more, and its keys have stopped working. Its data is kept until ${day} and removed after that.`,
    ],
    button: { label: 'Bring it back', url: link },
    notes: [`The link works until ${day}. If closing was intended, there is nothing to do.`],
  };
};

const refundDone = ({ link, tenantName, amount, ...of }: Of<'refund_done'>): MailContent => ({
  subject: `${amount} paid back on invoice ${of.invoice}`,
  preview: `Credit note ${of.creditNote} documents it.`,
  heading: `${amount} is on its way back to you`,
  paragraphs: [
    `We paid ${amount} of invoice ${of.invoice} of ${tenantName} back to the payment method it was paid with. Banks take up to ten days to show it.`,
    `Credit note ${of.creditNote} documents it; you find it with the invoice.`,
  ],
  button: { label: 'See the invoice', url: link },
  notes: ['The invoice itself stays as it was issued.'],
});

/** What a mail says. */
export function mailContent(message: MailMessage): MailContent {
  switch (message.template) {
    case 'verify_email':
      return verifyEmail(message);
    case 'choose_password':
      return choosePassword(message);
    case 'confirm_tenant':
      return confirmTenant(message);
    case 'reset_password':
      return resetPassword(message);
    case 'password_changed':
      return passwordChanged(message);
    case 'invitation':
      return invitation(message);
    case 'payment_overdue':
      return paymentOverdue(message);
    case 'refund_done':
      return refundDone(message);
    case 'tenant_closed':
      return tenantClosed(message);
    case 'operator_invitation':
    case 'operator_new_password':
    case 'operator_notice':
      return operatorContent(message);
    case 'quote_sent':
    case 'quote_accepted':
    case 'quote_news':
      return quoteContent(message);
    case 'trial_ending':
    case 'payment_returned':
    case 'subscription_ending':
    case 'subscription_ended':
    case 'receipt':
    case 'plan_moved':
      return subscriptionContent(message);
  }
}
