import type { Tone } from '@/components/ui/badge';
import type { AdminOperator } from '@/lib/domains/operator/operators/schemas';
import { operatorRoles } from '@/lib/kernel/operator-access';
import { operatorRoleWords } from '../../../_components/status-words';

/** Whether they ever chose a password. */
export const hasJoined = ({ invitation }: AdminOperator) => invitation === null;

/** How an operator stands, in a word. */
export function standingOf(operator: AdminOperator): { tone: Tone; word: string } {
  if (operator.status === 'active') return { tone: 'positive', word: 'Active' };
  if (operator.status === 'invited') {
    return operator.invitation?.state === 'expired'
      ? { tone: 'warning', word: 'Invitation expired' }
      : { tone: 'info', word: 'Invited' };
  }
  return hasJoined(operator)
    ? { tone: 'neutral', word: 'Disabled' }
    : { tone: 'neutral', word: 'Invitation withdrawn' };
}

export const roleOptions = operatorRoles.map((value) => ({
  value,
  label: operatorRoleWords[value],
}));

export const ROLE_HINT =
  'Support looks; finance also sees revenue and moves money; administrators do everything.';
