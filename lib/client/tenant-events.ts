import { type LiveMessage, listenLive } from './live-connection';

/** A message of `/api/v1/events/stream`. */
export type TenantEvent = LiveMessage & {
  /** Topic, as in `subscription.changed`. */
  type: string;
  data: Record<string, unknown>;
};

/** Calls `listener` for everything that changes in the organisation, until the answer is called. */
export function listenToTenant(tenant: string, listener: (event: TenantEvent) => void): () => void {
  // The stream of events carries nothing else.
  return listenLive('events', tenant, (message) => listener(message as TenantEvent));
}
