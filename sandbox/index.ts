import { startHttp, type Exchange } from '@/sandbox/http/server';
import { startSmtp } from '@/sandbox/mail/smtp';
import { pages } from '@/sandbox/pages/routes';
import { Api } from '@/sandbox/stripe/api';
import { runDue } from '@/sandbox/stripe/due-work';
import { createEndpoint } from '@/sandbox/stripe/event-routes';
import { Store } from '@/sandbox/stripe/store';
import type { StripeEvent } from '@/sandbox/stripe/wire';
import { Courier, DEFAULT_RETRY_DELAYS_MS } from '@/sandbox/webhooks/courier';

export type SandboxOptions = {
  /** Loopback is the only choice. */
  host?: '127.0.0.1';
  /** 0 takes any free port. */
  port: number;
  smtpPort: number;
  /** Where state is kept; absent: in memory only. */
  dataDir?: string;
  /** An endpoint that is told every event. */
  webhookUrl?: string;
  webhookSecret?: string;
  /** An endpoint that is told every event of PayPal, and the id that its signatures name. */
  payPalWebhook?: { id: string; url: string };
  now?: () => Date;
  /** Waits before each further attempt of a delivery; its length is the number of retries. */
  retryDelaysMs?: number[];
  /** Sees every exchange with the API and every event; for tests. */
  observe?: (seen: Exchange | { event: StripeEvent }) => void;
};

export type Sandbox = {
  /** Base of API and pages, such as `http://127.0.0.1:8090`. */
  url: string;
  smtpUrl: string;
  port: number;
  smtpPort: number;
  /** Attempts every pending webhook delivery once, now; resolves when all have an outcome. */
  deliverPending: () => Promise<void>;
  /** Does what fell due by the sandbox's own clock: renewals, retries, trial ends. It also happens by itself each second. */
  runDue: () => void;
  /** Stops both servers and writes the state. */
  close: () => Promise<void>;
};

const DEFAULT_ENDPOINT = 'we_default';

function configureEndpoint(api: Api, url: string | undefined, secret = ''): void {
  const before = api.store.find('webhook_endpoint', DEFAULT_ENDPOINT);
  if (!url) {
    if (before) api.store.remove('webhook_endpoint', DEFAULT_ENDPOINT);
    return;
  }
  createEndpoint(api, {
    id: DEFAULT_ENDPOINT,
    url,
    secret,
    enabled_events: ['*'],
    description: 'From the environment',
  });
}

/**
 * Starts the local payment and mail servers. Throws when a port is in use or the state file is unreadable;
 * nothing keeps running then.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  if (options.webhookUrl && !options.webhookSecret)
    throw new Error(
      'A webhook address needs a signing secret: pass webhookSecret (STRIPE_WEBHOOK_SECRET).',
    );
  const host = options.host ?? '127.0.0.1';
  const store = new Store(options.dataDir);
  const courier = new Courier(store, options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS);
  let api: Api | undefined;
  const context = () => {
    if (!api) throw new Error('The sandbox is still starting');
    return { api, courier };
  };
  const http = await startHttp({
    host,
    port: options.port,
    pages,
    context,
    observe: options.observe,
  });
  const url = `http://${host}:${http.port}`;
  const smtp = await startSmtp({
    host,
    port: options.smtpPort,
    onMessage: (message) => store.put('_message', message),
  }).catch(async (error: unknown) => {
    await http.close();
    throw error;
  });
  const running = new Api(store, url, options.now ?? (() => new Date()), (news) => {
    if (news.sender === 'stripe') options.observe?.({ event: store.get('event', news.id) });
    courier.accept(news);
  });
  configureEndpoint(running, options.webhookUrl, options.webhookSecret);
  if (options.payPalWebhook)
    store.put('paypal.webhook', { ...options.payPalWebhook, event_types: [{ name: '*' }] });
  api = running;
  const due = () => runDue(running, null, running.realNow());
  const timer = setInterval(due, 1_000);
  timer.unref();
  courier.wake();
  return {
    url,
    smtpUrl: `smtp://${host}:${smtp.port}`,
    port: http.port,
    smtpPort: smtp.port,
    deliverPending: () => courier.deliverPending(),
    runDue: due,
    close: async () => {
      clearInterval(timer);
      await Promise.all([http.close(), smtp.close(), courier.close()]);
      store.flush();
    },
  };
}
