import { cookies, headers } from 'next/headers';
import type { z } from 'zod';
import { env } from '@/lib/infra/env';
import { findSession, sessionCookie } from '@/lib/domains/identity';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import { admitAddress, admitTenant, requireAdmission } from './admission';
import { checkStatus, tenantCtx } from './authenticate';
import { type Problem, problemOf } from './error-map';
import { parseInput } from './read-input';
import { checkOrigin, requestInfo } from './request-info';
import type { SignedIn } from './page-ctx';

type ActionAccess = 'public' | 'person' | 'tenant';

export type ActionSpec<A extends ActionAccess, I extends z.ZodType> = {
  /** For limits and logs: `strategies.create`. */
  name: string;
  access: A;
  input: I;
  whileSuspended?: boolean;
};

type ActionCall<A extends ActionAccess, I extends z.ZodType> = {
  ctx: A extends 'tenant' ? Ctx : PublicCtx;
  person: A extends 'public' ? SignedIn | null : SignedIn;
  input: z.output<I>;
};

/** What a form's action answers: data and the way onward, or the problem as the API would tell it. */
export type ActionOutcome<T> =
  | { ok: true; data: T; message?: string; href?: string }
  | { ok: false; problem: Problem };

/** Marks where the browser goes after success, and what it says. */
export type Onward<T> = { data: T; href?: string; message?: string };

export type Action<T> = (
  previous: ActionOutcome<T> | null,
  form: FormData,
) => Promise<ActionOutcome<T>>;

/**
 * Makes a server action of a verb. Like a route it finds out who is calling and checks Origin,
 * limits and input by itself; unlike a route it answers with what a form can show. It never
 * redirects: on a tenant's host Next would fetch itself at the wrong address.
 */
export function defineAction<A extends ActionAccess, I extends z.ZodType, T>(
  spec: ActionSpec<A, I>,
  run: (call: ActionCall<A, I>) => Promise<Onward<T>>,
): Action<T> {
  return async (_previous, form) => {
    const head = await headers();
    const info = requestInfo(head);
    try {
      checkOrigin(head);
      const { ctx, person } = await actionCtx(spec, form, info);
      const input = parseInput(spec.input, formValues(form));
      // The context was built for this very access, which is what the type says.
      const call = { ctx, person, input } as ActionCall<A, I>;
      return { ok: true, ...(await run(call)) };
    } catch (error) {
      return { ok: false, problem: problemOf(error, info.requestId) };
    }
  };
}

async function actionCtx(
  spec: ActionSpec<ActionAccess, z.ZodType>,
  form: FormData,
  info: PublicCtx,
): Promise<{ ctx: Ctx | PublicCtx; person: SignedIn | null }> {
  const token = (await cookies()).get(sessionCookie(env()))?.value;
  const found = token ? await findSession(token, 'cookie', info.clock.now()) : null;
  const person = found?.kind === 'session' ? found : null;
  if (spec.access !== 'tenant') {
    requireAdmission(await admitAddress(info));
    if (!person && spec.access === 'person') throw unauthenticated('Sign in to do this.');
    return { ctx: info, person };
  }
  if (!person) throw unauthenticated('You are signed out. Sign in again; nothing was changed.');
  const host = (await headers()).get('x-nz-tenant-slug');
  const chosen = form.get('__tenant');
  const wish = { host, path: null, chosen: typeof chosen === 'string' ? chosen : null };
  const { ctx, status } = await tenantCtx(person, wish, info);
  requireAdmission(await admitTenant(ctx, `ACTION ${spec.name}`, true));
  await checkStatus(ctx, status, spec.whileSuspended ?? false);
  return { ctx, person };
}

/** A form's fields; one given several times is a list. `__json` carries what a form can't. */
export function formValues(form: FormData): unknown {
  const json = form.get('__json');
  if (typeof json === 'string') {
    return parseJson(json);
  }
  const values: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    // Names that start so are the framework's and the transport's own.
    if (name.startsWith('$') || name.startsWith('__')) continue;
    const all = form.getAll(name);
    values[name.replace(/\[\]$/, '')] = name.endsWith('[]') || all.length > 1 ? all : all[0];
  }
  return values;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
