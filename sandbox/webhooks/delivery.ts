export type Attempt = { at: number; status: number | null; error: string | null; ms: number };
export type SenderName = 'stripe' | 'paypal';

/** One event on its way to one endpoint. Times are wall-clock milliseconds: deliveries live in real time. */
export type Delivery = {
  id: string;
  sender: SenderName;
  event: string;
  type: string;
  endpoint: string;
  status: 'pending' | 'delivered' | 'failed' | 'dropped';
  attempts: Attempt[];
  next_at: number;
};

/** That something happened, for those who listen. */
export type News = { sender: SenderName; id: string; type: string };

export type Letter = { url: string; body: string; headers: Record<string, string> };

/** How deliveries are tampered with, for tests. `skip` and `double` count down with each event. */
export type DeliveryMode = {
  paused: boolean;
  order: 'as_sent' | 'newest_first' | 'shuffled';
  skip: number;
  double: number;
};
export const STRAIGHT: DeliveryMode = { paused: false, order: 'as_sent', skip: 0, double: 0 };
