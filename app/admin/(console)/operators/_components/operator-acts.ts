import type { ActionFormProps } from '@/components/patterns/form/action-form';
import type { AdminOperator } from '@/lib/domains/operator/operators/schemas';
import {
  changeOperatorAction,
  disableOperatorAction,
  enableOperatorAction,
  forgetSecondFactorAction,
  resetPasswordAction,
  withdrawInvitationAction,
} from '../actions';
import { hasJoined } from './operator-words';

/** What an administrator does to an operator with a reason. */
export const operatorActs = [
  'role',
  'require',
  'release',
  'reset',
  'forget',
  'withdraw',
  'enable',
  'disable',
] as const;
export type OperatorAct = (typeof operatorActs)[number];

type Words = {
  verb: string;
  title: (name: string) => string;
  /** What follows from it. */
  then: string;
  keep: string;
  danger?: true;
  action: ActionFormProps<null>['action'];
  fields?: Record<string, string>;
};

export const actWords: Record<OperatorAct, Words> = {
  role: {
    verb: 'Change role',
    title: (name) => `Change the role of ${name}?`,
    then: 'It counts from their next click on; they stay signed in.',
    keep: 'Leave the role',
    action: changeOperatorAction,
  },
  require: {
    verb: 'Require second factor',
    title: (name) => `Require a second factor of ${name}?`,
    then: 'Who has no authenticator app sets one up before anything else, and can’t turn it off.',
    keep: 'Leave it to them',
    action: changeOperatorAction,
    fields: { second_factor_required: 'true' },
  },
  release: {
    verb: 'Leave second factor to them',
    title: (name) => `Leave the second factor to ${name}?`,
    then: 'They can then turn it off themselves, except where the platform asks everybody for it.',
    keep: 'Go on requiring it',
    action: changeOperatorAction,
    fields: { second_factor_required: 'false' },
  },
  reset: {
    verb: 'Send link for a new password',
    title: (name) => `Have ${name} choose a new password?`,
    then: 'For a forgotten one: the password they have is good no more, their sessions end, and they get a mail with a link, good once and for three days. Their second factor stays.',
    keep: 'Leave the password',
    danger: true,
    action: resetPasswordAction,
  },
  forget: {
    verb: 'Forget second factor',
    title: (name) => `Forget the second factor of ${name}?`,
    then: 'For a lost phone: their app and recovery codes are good no more, their sessions end, and they get a mail. Be sure that it is them who ask.',
    keep: 'Keep it',
    danger: true,
    action: forgetSecondFactorAction,
  },
  withdraw: {
    verb: 'Withdraw invitation',
    title: (name) => `Withdraw the invitation of ${name}?`,
    then: 'The link in the mail is good no more. You can send another one later.',
    keep: 'Leave it open',
    danger: true,
    action: withdrawInvitationAction,
  },
  enable: {
    verb: 'Enable operator',
    title: (name) => `Let ${name} in again?`,
    then: 'They sign in with the password and the second factor they had.',
    keep: 'Keep shut out',
    action: enableOperatorAction,
  },
  disable: {
    verb: 'Disable operator',
    title: (name) => `Shut ${name} out?`,
    then: 'Their sessions end at once and they can’t sign in, until an administrator enables them again. What they did stays in the log.',
    keep: 'Leave it',
    danger: true,
    action: disableOperatorAction,
  },
};

/** Which of the acts make sense for an operator as they stand. */
export function actsFor(operator: AdminOperator): OperatorAct[] {
  const { status, second_factor: enrolled, second_factor_required: required } = operator;
  const allowed: Record<OperatorAct, boolean> = {
    role: status !== 'disabled',
    require: status !== 'disabled' && !required,
    release: status !== 'disabled' && required,
    reset: status === 'active',
    forget: enrolled,
    withdraw: status === 'invited',
    enable: status === 'disabled' && hasJoined(operator),
    disable: status === 'active',
  };
  return operatorActs.filter((act) => allowed[act]);
}
