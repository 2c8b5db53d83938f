import pg from 'pg';
import type { MailMessage } from '@/lib/domains/identity/mail-message';
import { signUp } from '@/lib/domains/onboarding';
import {
  findPersonByEmail,
  findSession,
  memberCtx,
  resolveMembership,
} from '@/lib/domains/identity';
import type { Role } from '@/lib/kernel/access';
import { fixedClock } from '@/lib/kernel/clock';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { queuedMails } from './queued-mails';

export const PASSWORD = 'a long enough secret 42';

/** People, tenants and their mails on a test's own database; the clock moves when told to. */
export class PeopleWorld {
  readonly clock = fixedClock(new Date('2026-03-10T12:00:00Z'));
  readonly admin: pg.Client;
  private count = 0;

  constructor(adminUrl: string) {
    this.admin = new pg.Client({ connectionString: adminUrl });
  }

  open = () => this.admin.connect();
  close = () => this.admin.end();

  /** A caller from an address of its own unless one is named, so that throttles don't meet. */
  info(ip?: string): PublicCtx {
    this.count += 1;
    return {
      requestId: `req_test${this.count}`,
      clock: this.clock,
      ip: ip ?? `10.${this.count >> 8}.${this.count & 255}.1`,
      userAgent: 'test browser',
    };
  }

  email(): string {
    this.count += 1;
    return `person${this.count}@example.com`;
  }

  /** A person who signed up, with their tenant and the owner's ctx in it. */
  async owner(options: { verified?: boolean } = {}) {
    const email = this.email();
    const organisation = `North ${this.count} Capital`;
    const result = await signUp(this.info(), {
      organisation,
      slug: undefined,
      email,
      password: PASSWORD,
      name: 'Olivia Owner',
      tenantType: 'small_business',
    });
    if (result.outcome !== 'signed_in') throw new Error('a new address signs in at once');
    if (options.verified) await this.verify(email);
    const principal = await findSession(result.session.token, 'cookie', this.clock.now());
    if (!principal) throw new Error('the session of a sign-up is good');
    const place = await resolveMembership(principal.userId, { slugOrId: result.tenant.slug });
    if (!place) throw new Error('the owner is a member');
    const ctx = this.ctx(principal.userId, place.tenantId, 'owner');
    return { ...result, email, ctx, tenantId: place.tenantId, principal };
  }

  ctx(userId: string, tenantId: string, role: Role): Ctx {
    const person = { id: userId, emailVerified: true };
    return memberCtx(this.info(), person, { tenantId, role }, { id: newId(), via: 'cookie' });
  }

  async verify(email: string): Promise<void> {
    await this.admin.query('UPDATE "user" SET email_verified_at = now() WHERE email = $1', [email]);
  }

  /** Writes a person who belongs to the tenant, past every rule. */
  async member(tenantId: string, role: Role) {
    const email = this.email();
    const [userId, id] = [newId(), newId()];
    await this.admin.query(
      `INSERT INTO "user" (id, email, name, email_verified_at, created_at, updated_at)
       VALUES ($1, $2, 'Mia Member', now(), now(), now())`,
      [userId, email],
    );
    await this.admin.query(
      `INSERT INTO membership (tenant_id, id, user_id, role, created_at) VALUES ($1, $2, $3, $4, now())`,
      [tenantId, id, userId, role],
    );
    return { email, userId, membershipId: id, ctx: this.ctx(userId, tenantId, role) };
  }

  /** Puts the tenant on a plan of the catalogue. */
  async plan(tenantId: string, planId: string): Promise<void> {
    await this.admin.query(
      `UPDATE entitlement e SET plan_id = p.plan_id, plan_version = p.version, source = 'subscription',
              valid_until = NULL, limits = p.limits, features = p.features,
              api_keys_limit = (p.limits ->> 'api_keys')::int, api_write = p.features ? 'api_write'
       FROM plan_version p WHERE p.plan_id = $2 AND e.tenant_id = $1`,
      [tenantId, planId],
    );
  }

  async audit(tenantId: string): Promise<string[]> {
    const { rows } = await this.admin.query<{ action: string }>(
      'SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY id',
      [tenantId],
    );
    return rows.map((row) => row.action);
  }

  async topics(tenantId: string): Promise<string[]> {
    const { rows } = await this.admin.query<{ topic: string }>(
      'SELECT topic FROM outbox WHERE tenant_id = $1 ORDER BY id',
      [tenantId],
    );
    return rows.map((row) => row.topic);
  }

  /** Mails waiting to be sent to an address, oldest first. */
  mailsTo = (email: string): Promise<MailMessage[]> => queuedMails(this.admin, { to: email });

  async resetRequests(): Promise<{ mailId: string; sealed: string }[]> {
    const { rows } = await this.admin.query<{ payload: { mailId: string; sealed: string } }>(
      `SELECT j.payload FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier = 'identity.send-reset' ORDER BY j.id`,
    );
    return rows.map((row) => row.payload);
  }

  /** The token in the latest mail of a kind to an address. */
  async token(email: string, template: MailMessage['template']): Promise<string> {
    const mail = (await this.mailsTo(email)).findLast((one) => one.template === template);
    const token = mail && new URL(mail.link).searchParams.get('token');
    if (!token) throw new Error(`no mail ${template} to ${email}`);
    return token;
  }

  person = findPersonByEmail;
}
