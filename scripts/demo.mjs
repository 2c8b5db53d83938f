import { reportFailure } from './report-failure.mjs';
import { runDemo } from './demo/run-demo.mjs';

try {
  await runDemo({
    product: process.env.DEMO_URL ?? `http://127.0.0.1:${process.env.SAAS_PORT || 8080}`,
    sandbox: process.env.SANDBOX_URL ?? `http://127.0.0.1:${process.env.SANDBOX_PORT || 8090}`,
    today: new Date(),
  });
} catch (error) {
  reportFailure(error);
}
