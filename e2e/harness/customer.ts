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
type Subscribed = { status: string; checkout_url: string | null };

/** An organisation that pays for Professional by the month, made by a program in a second or two. */
export async function newCustomer(
  api: ApiProgram,
  provider: ProviderHand,
  word: string,
  sandbox?: { starts_at: string },
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
  const terms = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
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

/** One that began so many days ago and has lived until today, in a time of its own. */
export async function oldCustomer(
  api: ApiProgram,
  provider: ProviderHand,
  word: string,
  days: number,
): Promise<Customer> {
  const today = Date.now();
  const { customer, program } = await newCustomer(api, provider, word, {
    starts_at: new Date(today - days * DAY).toISOString(),
  });
  const clock = `/tenants/${customer.id}/clock`;
  const moved = await program.call('POST', clock, { to: new Date(today).toISOString() });
  expect(moved.status).toBe(202);
  await expect(async () => {
    const { body } = await program.call<{ moving_to: string | null }>('GET', clock);
    expect(body.moving_to).toBeNull();
  }).toPass({ timeout: 60_000 });
  return customer;
}
