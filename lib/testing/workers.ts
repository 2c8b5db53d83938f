import { afterEach } from 'vitest';
import { type ProductProcess, startProcess } from './gateway-process';

/**
 * Starts workers of one test file, of which none outlives its test. `env` is asked at each start. Call it once at the top
 * level, after what they work with.
 */
export function useWorkers(
  database: { adminUrl: string },
  env: () => Record<string, string> = () => ({}),
): () => Promise<ProductProcess> {
  const workers: ProductProcess[] = [];
  afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));
  return async () => {
    const worker = await startProcess('worker', database.adminUrl, env());
    workers.push(worker);
    return worker;
  };
}
