import Stripe from 'stripe';

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof Stripe>[1]>['httpClient']>;

/** Thrown into the client, which tells of it as of an answer that isn't Stripe's. */
class NotAnAnswer extends Error {}

/**
 * The usual client, but for failures without Stripe's `error`, as whatever stands before Stripe sends them: the library
 * takes any JSON without that member for what was asked for, whatever the status, and a refund would count as sent.
 */
export function strictHttpClient(): HttpClient {
  const usual = Stripe.createNodeHttpClient();
  return {
    getClientName: () => usual.getClientName(),
    async makeRequest(...request) {
      const response = await usual.makeRequest(...request);
      const read = response.toJSON.bind(response);
      response.toJSON = async () => {
        const body: { error?: unknown } | null = await read();
        const status = response.getStatusCode();
        if (status >= 400 && !body?.error) throw new NotAnAnswer(`${status} without an error`);
        return body;
      };
      return response;
    },
  };
}
