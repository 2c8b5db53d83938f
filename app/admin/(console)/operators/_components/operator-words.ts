import type { Tone } from '@/components/ui/badge';
import type { AdminOperator } from '@/lib/domains/operator/operators/schemas';
import { operatorRoles } from '@/lib/kernel/operator-access';
import { operatorRoleWords } from '../../../_components/status-words';

const invitationWords = {
  open: 'Invited',
  expired: 'Invitation expired',
  withdrawn: 'Invitation withdrawn',
};
/** Of who was in before, and chooses their password anew. */
const linkWords = {
  open: 'To choose a new password',
  expired: 'Link for a new password expired',
  withdrawn: 'Link for a new password withdrawn',
};

/** Whether they have a password, and no link is there to choose one. */
export const hasJoined = ({ invitation }: AdminOperator) => invitation === null;

/** How an operator stands, in a word. */
export function standingOf(operator: AdminOperator): { tone: Tone; word: string } {
  if (operator.status === 'active') return { tone: 'positive', word: 'Active' };
  const words = operator.last_signed_in_at === null ? invitationWords : linkWords;
  if (operator.status === 'invited') {
    return operator.invitation?.state === 'expired'
      ? { tone: 'warning', word: words.expired }
      : { tone: 'info', word: words.open };
  }
  return { tone: 'neutral', word: hasJoined(operator) ? 'Disabled' : words.withdrawn };
}

export const roleOptions = operatorRoles.map((value) => ({
  value,
  label: operatorRoleWords[value],
}));

export const ROLE_HINT =
  'Support looks; finance also sees revenue and moves money; administrators do everything.';
