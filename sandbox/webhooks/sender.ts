import type { Store } from '@/sandbox/stripe/store';
import type { Delivery, Letter, News } from '@/sandbox/webhooks/delivery';

/** What a provider's webhooks have of their own: who listens, and how an event is written and signed. */
export type Sender = {
  /** Ids of the endpoints that listen to a type of event. */
  listeners: (store: Store, type: string) => string[];
  find: (store: Store, event: string) => News | undefined;
  /** Undefined when the event or its endpoint is gone. `at` in wall-clock milliseconds. */
  write: (store: Store, delivery: Delivery, at: number) => Letter | undefined;
};
