import { env } from '@/lib/infra/env';
import type { OperatorCtx, RequestInfo } from '@/lib/kernel/ctx';
import type { OperatorRole } from '@/lib/kernel/operator-access';

/**
 * How far a session has got with the second factor: `proved`; `off`, where it isn't asked for; `wanted`, where
 * a code must be given first; `missing`, where the app must be set up before anything else.
 */
export type SecondFactor = 'proved' | 'off' | 'wanted' | 'missing';

/** Somebody signed in at the admin host. */
export type OperatorPrincipal = {
  operatorId: string;
  sessionId: string;
  email: string;
  name: string;
  role: OperatorRole;
  secondFactor: SecondFactor;
};

/** In production nobody works with a password alone. */
export const platformWantsSecondFactor = () => env().mode === 'production';

/** How far a session has got; `required`: an administrator asks for it of this operator, also elsewhere. */
export function secondFactorOf(of: {
  enrolled: boolean;
  required: boolean;
  mfaAt: Date | null;
}): SecondFactor {
  if (of.enrolled) return of.mfaAt ? 'proved' : 'wanted';
  return of.required || platformWantsSecondFactor() ? 'missing' : 'off';
}

/** The context of what an operator does. */
export function operatorCtx(info: RequestInfo, principal: OperatorPrincipal): OperatorCtx {
  const { operatorId, role, sessionId } = principal;
  return { ...info, actor: { kind: 'operator', operatorId, role, sessionId } };
}
