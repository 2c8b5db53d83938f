import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import {
  findOperator,
  operatorCtx,
  type OperatorPrincipal,
  type SecondFactor,
} from '@/lib/domains/operator';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { operatorAllows, type OperatorPermission } from '@/lib/kernel/operator-access';
import { isAdminHost, operatorCookie, THROUGH } from './operator-caller';
import { requestInfo } from './request-info';

export type OperatorPage = {
  ctx: OperatorCtx;
  operator: OperatorPrincipal;
  may: (permission: OperatorPermission) => boolean;
};

/** The operator of this request, or null; "not found" anywhere but at the admin host. */
export const currentOperator = cache(async (): Promise<OperatorPrincipal | null> => {
  const head = await headers();
  if (!isAdminHost(head)) notFound();
  // Not from the headers: a page drawn with the answer of an action has the cookie that the action set.
  const token = (await cookies()).get(operatorCookie())?.value;
  return token ? findOperator(token, new Date()) : null;
});

/** Where a session that has got so far belongs. */
export const doorOf: Record<SecondFactor, string> = {
  proved: '/admin',
  off: '/admin',
  wanted: '/admin/verify',
  missing: '/admin/set-up',
};

/**
 * What a page of the console starts from. Leads to sign-in without a session, and to the second factor
 * where that is still to be proved or set up.
 */
export const operatorPage = cache(async (): Promise<OperatorPage> => {
  const operator = await currentOperator();
  const head = await headers();
  if (!operator) {
    const next = encodeURIComponent(head.get('x-nz-path') ?? '/admin');
    redirect(`/admin/sign-in?next=${next}`);
  }
  if (!THROUGH.includes(operator.secondFactor)) redirect(doorOf[operator.secondFactor]);
  return {
    ctx: operatorCtx(requestInfo(head), operator),
    operator,
    may: (permission) => operatorAllows(operator.role, permission),
  };
});
