import { z } from 'zod';

/** When a subscription gets the other version: with its renewal, or at once and prorated. */
export const moveMoments = ['renewal', 'now'] as const;
export const moveMomentSchema = z.enum(moveMoments);
export type MoveMoment = z.infer<typeof moveMomentSchema>;

/** Those that something is still to happen of. */
export const openMoveStates = ['queued', 'noticed', 'asked'] as const;

export const moveStates = [...openMoveStates, 'moved', 'left_out', 'refused', 'cancelled'] as const;
export const moveStateSchema = z.enum(moveStates);
export type MoveState = z.infer<typeof moveStateSchema>;

/** Why somebody is left out. */
export const leftOutReasons = [
  'in_another_move',
  'ended',
  'ending',
  'changed',
  'changing',
  'gateway_cannot',
  'no_price',
  'drift',
] as const;
export const leftOutReasonSchema = z.enum(leftOutReasons);
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>;
