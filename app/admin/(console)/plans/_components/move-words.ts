import type { Tone } from '@/components/ui/badge';
import type { LeftOutReason, MoveMoment, MoveState } from '@/lib/domains/billing/moves/schemas';
import type { PlanMoveDto } from '@/lib/domains/operator/moves/schemas';

export const momentWords: Record<MoveMoment, string> = {
  renewal: 'At the next renewal',
  now: 'Now, prorated',
};

export const moveStateWords: Record<MoveState, { tone: Tone; word: string }> = {
  queued: { tone: 'neutral', word: 'Waits' },
  noticed: { tone: 'info', word: 'Told, waits for its renewal' },
  asked: { tone: 'info', word: 'Comes with the renewal' },
  moved: { tone: 'positive', word: 'Moved' },
  left_out: { tone: 'neutral', word: 'Left out' },
  refused: { tone: 'negative', word: 'Refused' },
  cancelled: { tone: 'neutral', word: 'Taken back' },
};

export const leftOutWords: Record<LeftOutReason, string> = {
  in_another_move: 'Another move is about it',
  ended: 'The subscription has ended',
  ending: 'It ends at its period’s end',
  changed: 'It has another plan or version meanwhile',
  changing: 'It changes to another plan or version',
  gateway_cannot: 'Its payment provider can’t change what was agreed to',
  no_price: 'The new version has no price for its cycle',
  drift: 'It differs from its provider; heal that first',
};

/** A move as a whole. */
export function moveStanding(move: PlanMoveDto): { tone: Tone; word: string } {
  if (move.finished)
    return move.cancelled_at
      ? { tone: 'neutral', word: 'Taken back' }
      : { tone: 'positive', word: 'Done' };
  return move.cancelled_at
    ? { tone: 'warning', word: 'Being taken back' }
    : { tone: 'info', word: 'Under way' };
}
