import { startSandbox } from '@/sandbox/index';

/** A number from the environment, or the default when it is not set. */
function port(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new Error(`${name} must be a port number, not “${text}”.`);
  return value;
}

async function main(): Promise<void> {
  const mode = process.env['SAAS_MODE'];
  if (mode === 'production' || (!mode && process.env['NODE_ENV'] === 'production'))
    throw new Error(
      'The payment and mail sandbox does not run in production: configure Stripe and SMTP instead.',
    );
  const {
    SANDBOX_DATA_DIR: dataDir,
    SANDBOX_WEBHOOK_URL: webhookUrl,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    SANDBOX_PAYPAL_WEBHOOK_URL: payPalUrl,
    PAYPAL_WEBHOOK_ID: payPalId,
  } = process.env;
  const sandbox = await startSandbox({
    port: port('SANDBOX_PORT', 8090),
    smtpPort: port('SANDBOX_SMTP_PORT', 8091),
    ...(dataDir ? { dataDir } : {}),
    ...(webhookUrl ? { webhookUrl } : {}),
    ...(webhookSecret ? { webhookSecret } : {}),
    ...(payPalUrl && payPalId ? { payPalWebhook: { id: payPalId, url: payPalUrl } } : {}),
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The one who started it is gone, even when it was killed.
  process.on('disconnect', stop);
  process.stdout.write(`sandbox ready ${sandbox.url}\n`);
}

function fail(error: unknown): void {
  const { code, port: taken, message } = error as NodeJS.ErrnoException & { port?: number };
  process.stderr.write(
    code === 'EADDRINUSE'
      ? `sandbox: port ${taken} is in use. Stop what listens there or set SANDBOX_PORT and SANDBOX_SMTP_PORT.\n`
      : `sandbox: ${message}\n`,
  );
  process.exit(1);
}

main().catch(fail);
