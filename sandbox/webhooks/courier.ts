import { randomInt } from 'node:crypto';
import { payPalSender } from '@/sandbox/paypal/sender';
import { newId } from '@/sandbox/stripe/ids';
import type { Store } from '@/sandbox/stripe/store';
import {
  type Delivery,
  type DeliveryMode,
  type News,
  type SenderName,
  STRAIGHT,
} from '@/sandbox/webhooks/delivery';
import type { Sender } from '@/sandbox/webhooks/sender';
import { stripeSender } from '@/sandbox/webhooks/stripe-sender';

const SENDERS: Record<SenderName, Sender> = { stripe: stripeSender, paypal: payPalSender };

const TIMEOUT_MS = 10_000;
export const DEFAULT_RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000];

/** Carries events to webhook endpoints: in order, one at a time, signed, with retries that survive a restart. */
export class Courier {
  private readonly store: Store;
  private readonly retryDelaysMs: number[];
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly abort = new AbortController();

  constructor(store: Store, retryDelaysMs: number[]) {
    this.store = store;
    this.retryDelaysMs = retryDelaysMs;
  }

  get mode(): DeliveryMode {
    return (
      (this.store.find('_settings', 'delivery_mode')?.value as DeliveryMode | undefined) ?? STRAIGHT
    );
  }

  set mode(value: DeliveryMode) {
    this.store.put('_settings', { id: 'delivery_mode', value });
    this.wake();
  }

  /** Queues an event for every endpoint that listens to its type. */
  accept(news: News): void {
    for (const endpoint of SENDERS[news.sender].listeners(this.store, news.type)) {
      const mode = this.mode;
      if (mode.skip > 0) {
        this.mode = { ...mode, skip: mode.skip - 1 };
        this.queue(news, endpoint, 'dropped');
        continue;
      }
      this.queue(news, endpoint);
      if (mode.double > 0) {
        this.mode = { ...mode, double: mode.double - 1 };
        this.queue(news, endpoint);
      }
    }
    this.wake();
  }

  private queue(news: News, endpoint: string, status: Delivery['status'] = 'pending'): Delivery {
    return this.store.put('_delivery', {
      id: newId('whd'),
      sender: news.sender,
      event: news.id,
      type: news.type,
      endpoint,
      status,
      attempts: [],
      next_at: Date.now(),
    });
  }

  /** Sends an event again, to all its endpoints or to the one of a former delivery. */
  redeliver(id: string): Delivery[] {
    const former = this.store.find('_delivery', id);
    const [news] = Object.values(SENDERS).flatMap(
      (sender) => sender.find(this.store, former?.event ?? id) ?? [],
    );
    if (!news) return [];
    const endpoints = former
      ? [former.endpoint]
      : SENDERS[news.sender].listeners(this.store, news.type);
    const made = endpoints.map((endpoint) => this.queue(news, endpoint));
    this.wake();
    return made;
  }

  private due(): Delivery | undefined {
    const now = Date.now();
    const waiting = this.store
      .all('_delivery')
      .filter((each) => each.status === 'pending' && each.next_at <= now);
    const { order } = this.mode;
    return order === 'shuffled'
      ? waiting[waiting.length ? randomInt(waiting.length) : 0]
      : order === 'newest_first'
        ? waiting.at(-1)
        : waiting[0];
  }

  /** Starts carrying what is due, soon; safe to call at any time. */
  wake(): void {
    if (this.closed || this.timer || this.running || this.mode.paused) return;
    const pending = this.store.all('_delivery').filter((each) => each.status === 'pending');
    if (pending.length === 0) return;
    const wait = Math.max(0, Math.min(...pending.map((each) => each.next_at)) - Date.now());
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        void this.drain();
      },
      Math.min(wait, 60_000),
    );
    this.timer.unref();
  }

  private drain(): Promise<void> {
    this.running ??= this.carry().finally(() => {
      this.running = undefined;
      this.wake();
    });
    return this.running;
  }

  private async carry(): Promise<void> {
    for (let next = this.due(); next && !this.closed && !this.mode.paused; next = this.due())
      await this.send(next);
  }

  /** Attempts every pending delivery once, now, whatever the schedule or a pause says. */
  async deliverPending(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
    const waiting = this.store.all('_delivery').filter((each) => each.status === 'pending');
    const { order } = this.mode;
    if (order === 'newest_first') waiting.reverse();
    if (order === 'shuffled')
      for (let i = waiting.length - 1; i > 0; i--) swap(waiting, i, randomInt(i + 1));
    for (const each of waiting) if (!this.closed) await this.send(each);
  }

  private async send(delivery: Delivery): Promise<void> {
    const started = Date.now();
    const letter = SENDERS[delivery.sender].write(this.store, delivery, started);
    if (!letter) {
      this.store.patch('_delivery', delivery.id, { status: 'dropped' });
      return;
    }
    let status: number | null = null;
    let error: string | null = null;
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.abort.signal]);
      const answer = await fetch(letter.url, {
        method: 'POST',
        body: letter.body,
        headers: letter.headers,
        redirect: 'manual',
        signal,
      });
      status = answer.status;
      if (!answer.ok) error = (await answer.text()).slice(0, 300);
      else await answer.body?.cancel();
    } catch (cause) {
      error =
        cause instanceof Error
          ? `${cause.message}${cause.cause instanceof Error ? `: ${cause.cause.message}` : ''}`
          : String(cause);
    }
    if (this.closed && status === null) return;
    const attempts = [
      ...delivery.attempts,
      { at: started, status, error, ms: Date.now() - started },
    ];
    const delivered = status !== null && status >= 200 && status < 300;
    const delay = this.retryDelaysMs[attempts.length - 1];
    this.store.patch('_delivery', delivery.id, {
      attempts,
      status: delivered ? 'delivered' : delay === undefined ? 'failed' : 'pending',
      next_at: Date.now() + (delay ?? 0),
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    this.abort.abort();
    await this.running;
  }
}

function swap<T>(list: T[], a: number, b: number): void {
  const held = list[a] as T;
  list[a] = list[b] as T;
  list[b] = held;
}
