import type { MailMessage } from '../mail-message';
import type { MailContent } from './layout';

type Of<T extends MailMessage['template']> = Extract<MailMessage, { template: T }>;

const invitation = ({ link, name, inviter, role }: Of<'operator_invitation'>): MailContent => ({
  subject: `${inviter} invites you to run NeoZork`,
  preview: `Choose a password, and you can sign in as an operator (${role}).`,
  heading: 'Join the operators of NeoZork',
  paragraphs: [
    `${name}, ${inviter} invites you to the operators’ console with the role ${role}.`,
    'Choose a password of your own; nobody else gets to see it. After that you may be asked to set up an authenticator app.',
  ],
  button: { label: 'Choose a password', url: link },
  notes: [
    'The link works once, for three days. It is for you alone: don’t pass it on.',
    'If you don’t expect it, you can ignore this mail; nothing happens without the link.',
  ],
});

const newPassword = ({ link, name, sender }: Of<'operator_new_password'>): MailContent => ({
  subject: 'Choose a new password for the operators’ console',
  preview: `${sender} has you choose your password anew.`,
  heading: 'Choose a new password',
  paragraphs: [
    `${name}, ${sender} has you choose the password of your operator account anew. The one before is good no more, and your sessions were ended.`,
    'Nobody else gets to see the new one. Your authenticator app stays as it is: you are asked for its code as ever.',
  ],
  button: { label: 'Choose a password', url: link },
  notes: [
    'The link works once, for three days. It is for you alone: don’t pass it on.',
    'If you didn’t ask for this, speak to an administrator of the platform before you use it.',
  ],
});

const notices: Record<Of<'operator_notice'>['news'], { what: string; more: string }> = {
  password_changed: {
    what: 'Your operator password was changed',
    more: 'Every other session of yours at the console was ended.',
  },
  second_factor_off: {
    what: 'Your second factor was turned off',
    more: 'From now on your password alone signs you in at the console.',
  },
  second_factor_forgotten: {
    what: 'Your authenticator app was reset',
    more: 'An administrator of the platform had the console forget your authenticator app and recovery codes, and ended your sessions. Sign in and set up an app again.',
  },
};

function notice({ link, news }: Of<'operator_notice'>): MailContent {
  const { what, more } = notices[news];
  return {
    subject: what,
    preview: more,
    heading: what,
    paragraphs: [more],
    button: { label: 'Open your security', url: link },
    notes: [
      'If you didn’t do or ask for this, tell an administrator of the platform at once: they can end your sessions.',
    ],
  };
}

/** What a mail to an operator says. */
export function operatorContent(
  message: Of<'operator_invitation' | 'operator_new_password' | 'operator_notice'>,
): MailContent {
  if (message.template === 'operator_invitation') return invitation(message);
  return message.template === 'operator_new_password' ? newPassword(message) : notice(message);
}
