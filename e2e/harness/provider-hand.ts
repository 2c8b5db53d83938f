import { type APIRequestContext, expect } from '@playwright/test';

type Listed = { data: { id: string }[] };

/** The payment provider's side: its hosted pages, and somebody at its own dashboard who changes things by hand. */
export class ProviderHand {
  private readonly request: APIRequestContext;
  private readonly url: string;

  constructor(request: APIRequestContext, sandboxUrl: string) {
    this.request = request;
    this.url = sandboxUrl;
  }

  /** Enters a card on a hosted page, a good one unless another is given; the page takes it. */
  async pay(checkoutUrl: string, cardNumber = '4242424242424242'): Promise<void> {
    const form = {
      cardNumber,
      cardExpiry: '12 / 40',
      cardCvc: '123',
      billingName: 'Ada Founder',
    };
    const answer = await this.request.post(checkoutUrl, { form, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
  }

  /** From now on the bank refuses what is charged to the customer with this e-mail. */
  async breakCard(email: string): Promise<void> {
    const [customer] = await this.list('customers', { email });
    const card = (await this.ask('payment_methods/pm_card_chargeCustomerFail/attach', {
      method: 'POST',
      form: { customer: customer?.id ?? '' },
    })) as { id: string };
    const [subscription] = await this.list('subscriptions', { customer: customer?.id ?? '' });
    const form = { default_payment_method: card.id };
    await this.ask(`subscriptions/${subscription?.id}`, { method: 'POST', form });
  }

  /** Lets the subscription of the customer with this e-mail end with its period. */
  async endSubscription(email: string): Promise<void> {
    const [customer] = await this.list('customers', { email });
    const [subscription] = await this.list('subscriptions', { customer: customer?.id ?? '' });
    const form = { cancel_at_period_end: 'true' };
    await this.ask(`subscriptions/${subscription?.id}`, { method: 'POST', form });
  }

  private async list(what: string, query: Record<string, string>) {
    return ((await this.ask(`${what}?${new URLSearchParams(query)}`)) as Listed).data;
  }

  private async ask(path: string, how: { method?: string; form?: Record<string, string> } = {}) {
    const headers = { authorization: 'Bearer sk_test_by_hand' };
    const answer = await this.request.fetch(`${this.url}/v1/${path}`, { headers, ...how });
    expect(answer.status(), path).toBe(200);
    return answer.json();
  }
}
