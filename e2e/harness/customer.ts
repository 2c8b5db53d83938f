import { expect } from '@playwright/test';
import type { ApiProgram } from './api-program';
import { type Founder, newFounder } from './founder';
import type { ProviderHand } from './provider-hand';

const DAY = 86_400_000;

export interface Customer extends Founder {
  /** `ten_…` */
  id: string;
}

type Created = { id: string };
type Subscribed = { id: string; status: string; checkout_url: string | null };

/** An organisation that pays for a plan by the month, for Professional unless said otherwise, made by a program in a second or two. */
export async function newCustomer(
  api: ApiProgram,
  provider: ProviderHand,
  word: string,
  { sandbox, plan = 'professional' }: { sandbox?: { starts_at: string }; plan?: string } = {},
): Promise<{ customer: Customer; program: ApiProgram }> {
  const founder = newFounder(word);
  const made = await api.call<Created>('POST', '/tenants', {
    name: founder.organisation,
    email: founder.email,
    password: founder.password,
    slug: founder.slug,
    tenant_type: 'small_business',
    ...(sandbox ? { sandbox } : {}),
  });
  expect(made.status).toBe(201);
  const { id } = made.body;
  const program = await api.signedIn(founder.email, founder.password, founder.slug);
  const terms = { plan_id: plan, billing_cycle: 'monthly', trial_days: 0 };
  const sold = await program.call<Subscribed>('POST', `/tenants/${id}/subscriptions`, terms);
  await provider.pay(sold.body.checkout_url ?? '');
  await expect(async () => {
    const { body } = await program.call<{ data: Subscribed[] }>(
      'GET',
      `/tenants/${id}/subscriptions`,
    );
    expect(body.data[0]?.status).toBe('active');
  }).toPass({ timeout: 30_000 });
  return { customer: { ...founder, id }, program };
}

/** Moves a sandbox's clock on, and waits until it stands there. */
export async function travel(program: ApiProgram, id: string, to: Date): Promise<void> {
  const clock = `/tenants/${id}/clock`;
  const moved = await program.call('POST', clock, { to: to.toISOString() });
  expect(moved.status).toBe(202);
  await expect(async () => {
    const { body } = await program.call<{ moving_to: string | null }>('GET', clock);
    expect(body.moving_to).toBeNull();
  }).toPass({ timeout: 60_000 });
}

const startedAgo = (days: number) => ({
  starts_at: new Date(Date.now() - days * DAY).toISOString(),
});

/** One that began so many days ago and has lived until today, in a time of its own. */
export async function oldCustomer(
  api: ApiProgram,
  provider: ProviderHand,
  word: string,
  days: number,
): Promise<Customer> {
  const { customer, program } = await newCustomer(api, provider, word, {
    sandbox: startedAgo(days),
  });
  await travel(program, customer.id, new Date());
  return customer;
}

/** The same with a card that is kept and then refused: its renewal failed a day ago. */
export async function overdueCustomer(
  api: ApiProgram,
  provider: ProviderHand,
  word: string,
): Promise<Customer> {
  const { customer, program } = await newCustomer(api, provider, word, {
    sandbox: startedAgo(32),
  });
  const own = `/tenants/${customer.id}/subscriptions`;
  const { body } = await program.call<{ data: Subscribed[] }>('GET', own);
  const at = `/subscriptions/${body.data[0]?.id}`;
  const opened = await program.call<Subscribed>('POST', `${at}/card-page`);
  await provider.pay(opened.body.checkout_url ?? '', '4000000000000341');
  await expect(async () => {
    const now = await program.call<Subscribed>('GET', at);
    expect(now.body.checkout_url).toBeNull();
  }).toPass({ timeout: 30_000 });
  await travel(program, customer.id, new Date());
  expect((await program.call<Subscribed>('GET', at)).body.status).toBe('past_due');
  return customer;
}
