'use server';

import { z } from 'zod';
import { handoverUrl, signIn, signInInput } from '@/lib/domains/identity';
import { allTenantsOf } from '@/lib/domains/tenancy';
import { startSession } from '@/lib/transport/browser-session';
import { defineAction } from '@/lib/transport/define-action';
import { safePath } from '@/lib/transport/safe-path';

const input = signInInput.extend({ next: z.string().max(2000).optional() });

/** Signs in at this host and says where to go: the page asked for, the one workspace, or the choice. */
export const signInAction = defineAction(
  { name: 'identity.sign-in', access: 'public', input },
  async ({ ctx, input: { next, ...credentials } }) => {
    const { session, person } = await signIn(ctx, credentials);
    await startSession(ctx, session);
    if (credentials.tenant || (next && next !== '/')) return { data: null, href: safePath(next) };
    const [only, ...others] = await allTenantsOf(person.id);
    if (!only || others.length > 0) return { data: null, href: '/workspaces' };
    return { data: null, href: handoverUrl(only.slug) };
  },
);
