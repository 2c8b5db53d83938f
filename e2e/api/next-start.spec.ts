import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { freePort } from '../../lib/runtime/free-port';
import { grantByHand, signUpByApi } from '../../lib/testing/api-client';
import { apiScenarios, type Scene } from '../../lib/testing/api-scenarios';
import { type ProductProcess, startProcess } from '../../lib/testing/gateway-process';
import { projectRoot, testEnvironment } from '../../lib/testing/test-settings';
import {
  startThrowawayDatabase,
  type ThrowawayDatabase,
} from '../../lib/testing/throwaway-database';

// The very files that the gateway mounts, served by stock `next start`.
test.describe.configure({ mode: 'serial' });

let database: ThrowawayDatabase;
let next: ChildProcess;
let worker: ProductProcess;
let scene: Scene;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  database = await startThrowawayDatabase();
  worker = await startProcess('worker', database.url);
  const port = await freePort(0);
  next = startNext(port);
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url);
  const tenant = await signUpByApi(url);
  const other = await signUpByApi(url);
  for (const { email } of [tenant, other]) {
    await grantByHand(database.url, email, { calls: null, rate: 1_000, burst: 1_000 });
  }
  scene = { url, tenant, other };
});

test.afterAll(async () => {
  const gone = new Promise((resolve) => next?.once('exit', resolve));
  next?.kill('SIGKILL');
  await Promise.all([gone, worker?.stop()]);
  await database?.remove();
});

for (const { name, run } of apiScenarios) {
  test(name, () => run(scene, expect));
}

function startNext(port: number): ChildProcess {
  const name = new URL(database.url).pathname.slice(1);
  const bin = path.join(projectRoot, 'node_modules/next/dist/bin/next');
  return spawn(process.execPath, [bin, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: projectRoot,
    env: {
      ...process.env,
      ...testEnvironment(database.url, name),
      NODE_ENV: 'production',
      SAAS_PORT: String(port),
    },
    stdio: 'ignore',
  });
}

async function untilHealthy(url: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const healthy = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(250);
  }
  throw new Error('next start did not answer');
}
