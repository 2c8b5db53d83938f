import { findOperator, type OperatorPrincipal, type SecondFactor } from '@/lib/domains/operator';
import { hostCookie, setHostCookie } from '@/lib/domains/identity';
import { env } from '@/lib/infra/env';
import { DomainError, notFound, unauthenticated } from '@/lib/kernel/errors';
import { hostKind } from './host';
import { readCookie } from './request-info';

type HeaderReader = { get(name: string): string | null };

/** Name of the operators' session cookie: another one than people's, on a host of its own. */
export const operatorCookie = () => hostCookie(env(), 'nz_operator');

/** A `Set-Cookie` value that takes the operators' cookie away. */
export const endOperatorCookie = () => setHostCookie(env(), 'nz_operator', '', 'Max-Age=0');

/** Whether a request came to the admin host, the only one that knows operators. */
export function isAdminHost(headers: HeaderReader): boolean {
  return hostKind(headers.get('host'), env().rootDomain).kind === 'admin';
}

/** Throws `not_found` anywhere but at the admin host: there is no console elsewhere. */
export function requireAdminHost(headers: HeaderReader): void {
  if (!isAdminHost(headers)) throw notFound('page');
}

/** The operator signed in at this host in the browser that sent these headers, or null. */
export async function findBrowserOperator(
  headers: HeaderReader,
  now: Date,
): Promise<OperatorPrincipal | null> {
  if (!isAdminHost(headers)) return null;
  const token = readCookie(headers.get('cookie'), operatorCookie());
  return token ? findOperator(token, now) : null;
}

/** Where the console is open: the second factor is proved, or isn't asked for. */
export const THROUGH: readonly SecondFactor[] = ['proved', 'off'];

/** Throws 401 `second_factor_required` for a session that isn't as far as it must be. */
export function requireStage(
  operator: OperatorPrincipal | null,
  admits: readonly SecondFactor[],
): OperatorPrincipal {
  if (!operator) throw unauthenticated('Sign in at the admin host to do this.');
  if (admits.includes(operator.secondFactor)) return operator;
  if (THROUGH.includes(operator.secondFactor)) throw notFound('page');
  throw new DomainError(
    'unauthenticated',
    'second_factor_required',
    operator.secondFactor === 'wanted'
      ? 'Give the code of your authenticator app first.'
      : 'Set up an authenticator app first: nobody works here with a password alone.',
  );
}
