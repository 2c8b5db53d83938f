import { headers } from 'next/headers';
import type { z } from 'zod';
import { operatorCtx, type OperatorPrincipal, type SecondFactor } from '@/lib/domains/operator';
import { authoriseOperator, type OperatorCtx, type PublicCtx } from '@/lib/kernel/ctx';
import type { OperatorPermission } from '@/lib/kernel/operator-access';
import { admitAddress, requireAdmission } from './admission';
import { type Action, formValues, type Onward } from './define-action';
import { problemOf } from './error-map';
import { findBrowserOperator, requireAdminHost, requireStage } from './operator-caller';
import { parseInput } from './read-input';
import { checkOrigin, requestInfo } from './request-info';

/** `null`: nobody has to be signed in. Otherwise how far the session must have got. */
type Admits = readonly SecondFactor[] | null;

export type OperatorActionSpec<A extends Admits, I extends z.ZodType> = {
  /** For limits and logs: `tenants.suspend`. */
  name: string;
  admits: A;
  /** What the platform role must include; null where it is about the operator's own session. */
  permission: OperatorPermission | null;
  input: I;
};

type OperatorActionCall<A extends Admits, I extends z.ZodType> = {
  ctx: A extends null ? PublicCtx : OperatorCtx;
  operator: A extends null ? null : OperatorPrincipal;
  input: z.output<I>;
};

/**
 * Makes a server action of an operator's verb, as `defineAction` does of people's: at the admin host
 * alone, from its own pages, by the operators' session and no other.
 */
export function defineOperatorAction<A extends Admits, I extends z.ZodType, T>(
  spec: OperatorActionSpec<A, I>,
  run: (call: OperatorActionCall<A, I>) => Promise<Onward<T>>,
): Action<T> {
  return async (_previous, form) => {
    const head = await headers();
    const info = requestInfo(head);
    try {
      requireAdminHost(head);
      checkOrigin(head);
      requireAdmission(await admitAddress(info));
      const operator = spec.admits
        ? requireStage(await findBrowserOperator(head, info.clock.now()), spec.admits)
        : null;
      const own = operator ? operatorCtx(info, operator) : null;
      if (own && spec.permission) authoriseOperator(own, spec.permission);
      const input = parseInput(spec.input, formValues(form));
      // The context was built for this very stage, which is what the type says.
      const call = { ctx: own ?? info, operator, input } as OperatorActionCall<A, I>;
      return { ok: true, ...(await run(call)) };
    } catch (error) {
      return { ok: false, problem: problemOf(error, info.requestId) };
    }
  };
}
