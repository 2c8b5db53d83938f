'use server';

import { z } from 'zod';
import { handoverUrl } from '@/lib/domains/identity';
import { signUp, signUpInput, slugQuery } from '@/lib/domains/onboarding';
import { checkSlug } from '@/lib/domains/tenancy';
import { startSession } from '@/lib/transport/browser-session';
import { defineAction } from '@/lib/transport/define-action';

/** `confirmBy`: the address had an account, so its owner must confirm by the mailed link. */
export type SignUpAnswer = { confirmBy: string | null };

const input = signUpInput.extend({
  plan: z.string().max(40).optional(),
  cycle: z.string().max(20).optional(),
  pay: z.string().max(20).optional(),
});

export const signUpAction = defineAction(
  { name: 'onboarding.sign-up', access: 'public', input },
  async ({ ctx, input: { plan, cycle, pay, ...given } }) => {
    const signedUp = await signUp(ctx, given);
    if (signedUp.outcome === 'confirm_by_mail') return { data: { confirmBy: given.email } };
    await startSession(ctx, signedUp.session);
    const wish = new URLSearchParams({ plan: plan ?? '', cycle: cycle ?? '', pay: pay ?? '' });
    const next = plan && plan !== 'starter' ? `/billing?${wish}` : '/';
    const data: SignUpAnswer = { confirmBy: null };
    return { data, href: handoverUrl(signedUp.tenant.slug, next) };
  },
);

export type AddressVerdict = {
  state: 'free' | 'invalid' | 'taken';
  message: string | null;
  suggestions: string[];
};

export const checkAddressAction = defineAction(
  { name: 'onboarding.check-address', access: 'public', input: slugQuery },
  async ({ input: { slug } }) => {
    const verdict = await checkSlug(slug);
    const data: AddressVerdict = {
      state: verdict.state,
      message: verdict.state === 'free' ? null : verdict.message,
      suggestions: verdict.state === 'taken' ? verdict.suggestions : [],
    };
    return { data };
  },
);
