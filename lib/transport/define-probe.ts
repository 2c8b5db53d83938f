import { z } from 'zod';
import { appSql } from '@/lib/infra/db';
import { newRequestId } from './error-map';
import type { Route } from './route-spec';

const health = z.object({
  status: z.enum(['ok', 'unavailable']),
  checks: z.record(z.string(), z.enum(['ok', 'unavailable'])),
});

/** Longest wait for a part to answer, in ms; probes are asked every few seconds. */
const PATIENCE_MS = 2_000;

async function databaseAnswers(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answer = appSql('health.ping', 'SELECT 1', []).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/**
 * A health check: neither limited nor metered, so that it answers when the database can't.
 * `live` says that the process runs; `ready` that it can serve.
 */
export function defineProbe(kind: 'live' | 'ready'): Route {
  const probe = async (): Promise<Response> => {
    const checks: Record<string, 'ok' | 'unavailable'> = {};
    if (kind === 'ready') checks.database = (await databaseAnswers()) ? 'ok' : 'unavailable';
    const good = Object.values(checks).every((check) => check === 'ok');
    return Response.json(
      { status: good ? 'ok' : 'unavailable', checks } satisfies z.infer<typeof health>,
      {
        status: good ? 200 : 503,
        headers: { 'cache-control': 'private, no-store', 'x-request-id': newRequestId() },
      },
    );
  };
  const summary = kind === 'live' ? 'Whether the process runs' : 'Whether the service can answer';
  return Object.assign(probe, {
    spec: { summary, tag: 'Health', access: 'public', response: health } as const,
  });
}
