export type Attempt = { at: number; status: number | null; error: string | null; ms: number };

/** One event on its way to one endpoint. Times are wall-clock milliseconds: deliveries live in real time. */
export type Delivery = {
  id: string;
  event: string;
  type: string;
  endpoint: string;
  status: 'pending' | 'delivered' | 'failed' | 'dropped';
  attempts: Attempt[];
  next_at: number;
};

/** How deliveries are tampered with, for tests. `skip` and `double` count down with each event. */
export type DeliveryMode = {
  paused: boolean;
  order: 'as_sent' | 'newest_first' | 'shuffled';
  skip: number;
  double: number;
};
export const STRAIGHT: DeliveryMode = { paused: false, order: 'as_sent', skip: 0, double: 0 };
