import type { SandboxTime } from '@/lib/domains/billing';
import { grantTrial } from '@/lib/domains/entitlements';
import {
  type BrowserSession,
  createPerson,
  findPersonByEmail,
  hashPassword,
  issueCode,
  lifetimes,
  mailThrottle,
  memberCtx,
  newSetupToken,
  openBrowserSession,
  passwordFault,
  queueMail,
  queueVerification,
  requireTry,
  signUpThrottle,
  takeTry,
} from '@/lib/domains/identity';
import {
  addTenant,
  checkSlug,
  deriveSlug,
  rootUrl,
  type TenantRow,
  type TenantType,
} from '@/lib/domains/tenancy';
import { type Tx, withTenant } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { DomainError, invalid, invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';

export type Founding = {
  organisation: string;
  type: TenantType;
  /** As wanted; undefined: made from the name. */
  slug: string | undefined;
  email: string;
  personName: string;
  password: string | undefined;
  /** Whether a browser signs up, which gets a session when the person is new. */
  browser: boolean;
  /** A time of its own in which the tenant begins. */
  sandbox?: SandboxTime | null;
};

export type Founded = {
  tenant: TenantRow;
  setup: { token: string; expiresAt: Date };
  /** Null for a person known before: they must confirm by mail first. */
  session: BrowserSession | null;
};

type Founder = { id: string; known: boolean; passwordHash: string | null };

/** Whether the address may be sent a link just now. Asked before the transaction, at most once a sign-up. */
type MayMail = () => Promise<boolean>;

function requireGoodPassword({ email, password, personName: name }: Founding): void {
  const fault = password === undefined ? null : passwordFault(password, { email, name });
  if (fault) throw invalid([fault]);
}

/** A new person, or one known by this address, whose given password is ignored. */
async function findFounder({ email, password }: Founding): Promise<Founder> {
  const person = await findPersonByEmail(email);
  // Hashed in either case, so that the time doesn't tell whether the address is known.
  const passwordHash = password === undefined ? null : await hashPassword(password);
  if (person) return { id: person.id, known: true, passwordHash: null };
  return { id: newId(), known: false, passwordHash };
}

async function findSlug({ slug, organisation }: Founding, contested: boolean): Promise<string> {
  if (slug === undefined) return deriveSlug(organisation, contested);
  const verdict = await checkSlug(slug);
  if (verdict.state === 'invalid') throw invalidField('slug', verdict.code, verdict.message);
  if (verdict.state === 'taken') {
    const { message, suggestions } = verdict;
    const errors = [{ path: 'slug', code: 'slug_taken', message }];
    throw new DomainError('conflict', 'slug_taken', message, { errors, extra: { suggestions } });
  }
  return slug;
}

/** The link that fits the founder: confirm the tenant, choose a password, or confirm the address. */
async function queueWelcome(tx: Tx, ctx: Ctx, founding: Founding, founder: Founder): Promise<void> {
  const now = ctx.clock.now();
  const { tenantId } = ctx;
  const { email: to, organisation: tenantName } = founding;
  const person = { id: founder.id, email: to };
  if (!founder.known && founder.passwordHash) {
    return queueVerification(tx, person, { id: tenantId, name: tenantName }, now);
  }
  const [purpose, template, path, lifetime] = founder.known
    ? (['confirm_tenant', 'confirm_tenant', 'confirm', lifetimes.confirmTenant] as const)
    : (['reset_password', 'choose_password', 'reset', lifetimes.choosePassword] as const);
  const { token } = await issueCode(tx, { purpose, userId: founder.id, tenantId, now, lifetime });
  const link = rootUrl(`/${path}?token=${token}`);
  await queueMail(tx, tenantId, { template, to, link, tenantName });
}

/**
 * Nobody's inbox is filled by somebody else's sign-ups; the first mails have done their work. A new person who
 * gave a password always gets the link that verifies the address.
 */
function needsTry(founder: Founder): boolean {
  return founder.known || founder.passwordHash === null;
}

/** Everything a sign-up writes, in one transaction. */
function write(
  info: PublicCtx,
  founding: Founding,
  founder: Founder,
  slug: string,
  welcome: boolean,
): Promise<Founded> {
  const now = info.clock.now();
  const tenantId = newId(now.getTime());
  const sessionId = newId(now.getTime());
  const person = { id: founder.id, emailVerified: false };
  const place = { tenantId, role: 'owner' } as const;
  const via = founding.browser ? 'cookie' : 'token';
  const ctx = memberCtx(info, person, place, { id: sessionId, via });
  return withTenant(ctx, async (tx) => {
    if (!founder.known) {
      const { email, personName: name } = founding;
      const { id, passwordHash } = founder;
      await createPerson(tx, { id, email, name, passwordHash, emailVerified: false, now });
    }
    const { sandbox } = founding;
    const inTenant = sandbox ? { ...ctx, clock: sandbox.clock } : ctx;
    await sandbox?.keep(tx, ctx);
    const { trialEndsAt } = await grantTrial(tx, inTenant);
    const status = founder.known ? 'pending' : 'active';
    const tenant = await addTenant(tx, inTenant, {
      slug,
      name: founding.organisation,
      type: founding.type,
      trialEndsAt,
      owner: { userId: founder.id, membershipId: newId(now.getTime()), status },
    });
    const token = newSetupToken();
    const lifetime = lifetimes.setupToken;
    const code = { purpose: 'setup', tenantId, token, now, lifetime } as const;
    const { expiresAt } = await issueCode(tx, code);
    if (welcome) await queueWelcome(tx, ctx, founding, founder);
    const session =
      founding.browser && !founder.known
        ? await openBrowserSession(tx, info, { userId: founder.id, tenantId: null, sessionId })
        : null;
    return { tenant, setup: { token, expiresAt }, session };
  });
}

function mailTry(info: PublicCtx, { email }: Founding): MayMail {
  let answer: Promise<boolean> | undefined;
  return () => {
    answer ??= takeTry([mailThrottle('welcome', email)], info.clock.now()).then(
      (wait) => wait === 0,
    );
    return answer;
  };
}

/** Somebody took the slug or the address between look and write (by code: classes differ by bundle). */
function lostRace(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'P2002';
}

const TRIES = 4;

/**
 * Makes a tenant with its owner and its trial. When another sign-up takes the slug or the address in
 * the same moment, it looks again: a wanted slug is then `slug_taken`, an address is then known.
 * Throws 409 `slug_taken` (with `suggestions`), 422 for fields, 429 `rate_limited`.
 */
export async function foundTenant(info: PublicCtx, founding: Founding): Promise<Founded> {
  const slug = await findSlug(founding, false);
  requireGoodPassword(founding);
  await requireTry(
    [signUpThrottle(info, env().signupLimit)],
    info.clock.now(),
    (wait) => `Too many organisations were set up from this address. Wait ${wait}.`,
  );
  const mayMail = mailTry(info, founding);
  for (let attempt = 1; ; attempt += 1) {
    const free = attempt === 1 ? slug : await findSlug(founding, true);
    const founder = await findFounder(founding);
    const welcome = !needsTry(founder) || (await mayMail());
    try {
      return await write(info, founding, founder, free, welcome);
    } catch (error) {
      if (!lostRace(error) || attempt === TRIES) throw error;
    }
  }
}
