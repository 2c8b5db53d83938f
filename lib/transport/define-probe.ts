import { z } from 'zod';
import { appSql } from '@/lib/infra/db';
import { admitAddress, rateHeaders } from './admission';
import { requestInfo } from './request-info';
import type { Route } from './route-spec';

const health = z.object({
  status: z.enum(['ok', 'unavailable']),
  checks: z.record(z.string(), z.enum(['ok', 'unavailable'])),
});

/** Longest wait for a part to answer, in ms; probes are asked every few seconds. */
const PATIENCE_MS = 2_000;

/** What `work` answers within the patience of a probe; null when it fails or takes longer. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const answer = work.catch(() => null);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const summaries = {
  live: 'Whether the process runs',
  ready: 'Whether the service can answer',
  endpoint: 'Whether the service can answer',
};

/**
 * A health check, never metered and never refused, so that no limit makes a service look dead and
 * it answers when the database can't. `live` says that the process runs; `ready` that it can
 * serve; `endpoint` that, as a call of the API: it draws on the limit of its address and tells what is
 * left of it, as long as the database can say.
 */
export function defineProbe(kind: 'live' | 'ready' | 'endpoint'): Route {
  const probe = async (request: Request): Promise<Response> => {
    const info = requestInfo(request.headers);
    const checks: Record<string, 'ok' | 'unavailable'> = {};
    let limits: Record<string, string> = {};
    if (kind === 'ready') {
      const found = await inTime(appSql('health.ping', 'SELECT 1', []));
      checks.database = found ? 'ok' : 'unavailable';
    }
    if (kind === 'endpoint') {
      const admission = await inTime(admitAddress(info));
      checks.database = admission ? 'ok' : 'unavailable';
      if (admission) limits = rateHeaders(admission);
    }
    const good = Object.values(checks).every((check) => check === 'ok');
    return Response.json(
      { status: good ? 'ok' : 'unavailable', checks } satisfies z.infer<typeof health>,
      {
        status: good ? 200 : 503,
        headers: {
          ...limits,
          'cache-control': 'private, no-store',
          'x-request-id': info.requestId,
        },
      },
    );
  };
  return Object.assign(probe, {
    spec: { summary: summaries[kind], tag: 'Health', access: 'public', response: health } as const,
  });
}
