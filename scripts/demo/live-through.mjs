import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from './seeded-random.mjs';

const DAY = 86_400_000;
/** What an act is answered that was done already, by a demo that was cut off after it. */
const DONE = [
  'subscription_exists',
  'subscription_ended',
  'subscription_paused',
  'subscription_active',
  'subscription_unpaid',
  'subscription_past_due',
  'no_change',
];
const WAIT_MS = 400;

const slugOf = (name) => `demo-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;

/** One organisation of the demo: signs up, or signs in and goes on where it was. */
export class Organisation {
  constructor(story, product, sandbox) {
    this.story = story;
    this.product = product;
    this.sandbox = sandbox;
    this.slug = slugOf(story.name);
    this.email = `owner@${this.slug}.example`;
    this.password = `the demo of ${this.slug}`;
  }

  async signIn() {
    const body = { username: this.email, password: this.password };
    const answer = await this.product.send('POST', '/auth/login', {
      body,
      bear: ['invalid_credentials'],
    });
    if (answer.status !== 200) return false;
    this.token = answer.body.access_token;
    this.id = answer.body.tenant.id;
    return true;
  }

  async begin(today) {
    if (!(await this.signIn())) {
      const starts = new Date(today.getTime() - this.story.joined * DAY).toISOString();
      const body = {
        name: this.story.name,
        email: this.email,
        password: this.password,
        slug: this.slug,
        tenant_type: 'small_business',
        sandbox: { starts_at: starts },
      };
      await this.product.send('POST', '/tenants', { body });
      await this.signIn();
    }
    const { at } = (await this.send('GET', `/tenants/${this.id}/clock`)).body;
    this.at = new Date(at);
    this.joined ??= new Date((await this.send('GET', `/tenants/${this.id}`)).body.created_at);
  }

  /** Calls as the owner; the token lives shorter than a year. */
  async send(method, path, options = {}) {
    const bear = [...(options.bear ?? []), 'unauthenticated'];
    const answer = await this.product.send(method, path, { ...options, bear, token: this.token });
    if (answer.status !== 401) return answer;
    await this.signIn();
    return this.product.send(method, path, { ...options, token: this.token });
  }

  async moveTo(to) {
    if (to <= this.at) return;
    const path = `/tenants/${this.id}/clock`;
    await this.send('POST', path, { body: { to: to.toISOString() }, bear: ['clock_moving'] });
    for (;;) {
      const { at, moving_to } = (await this.send('GET', path)).body;
      if (moving_to === null && new Date(at) >= new Date(Math.floor(to.getTime() / 1000) * 1000)) {
        this.at = new Date(at);
        return;
      }
      await sleep(WAIT_MS);
    }
  }

  async subscription() {
    const { data } = (await this.send('GET', `/tenants/${this.id}/subscriptions`)).body;
    return data[0];
  }

  async act(act) {
    const { do: what, ...body } = act;
    const post = async (verb, input) => {
      const { id } = await this.subscription();
      return this.send('POST', `/subscriptions/${id}/${verb}`, { body: input, bear: DONE });
    };
    switch (what) {
      case 'subscribe':
        return this.subscribe(body);
      case 'change': {
        const { id } = await this.subscription();
        return this.send('PATCH', `/subscriptions/${id}`, { body, bear: DONE });
      }
      case 'pause':
      case 'resume':
        return post(what, {});
      case 'cancel':
        return post('cancel', body);
      case 'come_back':
        return this.subscribe({ ...body, trial_days: 0, card: 'good' });
      case 'break_card':
        return this.sandbox.breakCard(this.email);
      case 'pay':
        return this.payOpenInvoice();
      default:
        throw new Error(`${this.slug}: no act ${what}`);
    }
  }

  async subscribe({ card, ...body }) {
    const path = `/tenants/${this.id}/subscriptions`;
    const made = await this.send('POST', path, { body, bear: DONE });
    const url = made.body.checkout_url;
    if (!url || card === 'none') return;
    await this.sandbox.enterCard(url, card, this.email);
    await this.untilSettled((sub) => sub.status !== 'incomplete' && sub.checkout_url === null);
  }

  async payOpenInvoice() {
    const { data } = (await this.send('GET', `/tenants/${this.id}/invoices?limit=100`)).body;
    const open = data.find((invoice) => invoice.status === 'open');
    if (!open) return;
    await this.sandbox.enterCard(open.hosted_url, 'good', this.email);
    await this.untilSettled((sub) => sub.status === 'active');
  }

  /** The provider's webhook brings the news. */
  async untilSettled(settled) {
    for (let tries = 0; tries < 100; tries += 1) {
      if (settled(await this.subscription())) return;
      await sleep(WAIT_MS / 2);
    }
    throw new Error(`${this.slug}: the provider's news didn't arrive in 20 seconds`);
  }

  /** Calls by program, more in some months than in others, always the same for the same month. */
  async useApi() {
    const month = this.at.toISOString().slice(0, 7);
    const calls = Math.round(this.story.calls * (0.6 + 0.8 * seededRandom(this.slug + month)()));
    for (let done = 0; done < calls; done += 5) {
      await Promise.all(
        Array.from({ length: Math.min(5, calls - done) }, () =>
          this.product.quietly('/strategies', this.token),
        ),
      );
    }
  }

  /** Lives its story up to today, telling of each day on which something is done. */
  async live(today, tell) {
    await this.begin(today);
    const days = new Set(Object.keys(this.story.acts).map(Number));
    for (let day = 20; day < this.story.joined; day += 30) days.add(day);
    for (const day of [...days].sort((a, b) => a - b)) {
      const moment = new Date(this.joined.getTime() + day * DAY);
      if (moment > today) break;
      // Lived through before; a clock stands at whole seconds.
      if (this.at - moment >= 1_000) continue;
      await this.moveTo(moment);
      const act = this.story.acts[day];
      tell(this.at, act?.do ?? 'works');
      if (act) await this.act(act);
      else await this.useApi();
    }
    await this.moveTo(today);
  }
}
