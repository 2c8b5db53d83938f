import type { Api } from '@/sandbox/stripe/api';

/** Something that falls due, at `at` (unix seconds). */
export type Job = { at: number; run: () => void };

/** Something that is done once, such as telling that a trial will end. */
export function once(api: Api, key: string, at: number, run: () => void): Job[] {
  if (api.store.find('_once', key)) return [];
  return [{ at, run: () => (api.store.put('_once', { id: key }), run()) }];
}
