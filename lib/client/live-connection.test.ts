import { expect, it } from 'vitest';
import { isNewer } from './live-connection';

const counted = (at: string) => ({ type: 'usage', at, seq: 1 });

it('leaves figures of the page alone where a message is older', () => {
  const read = '2026-11-25T02:30:00.500Z';
  expect(isNewer(counted('2026-11-25T02:26:58.361Z'), read)).toBe(false);
  expect(isNewer(counted('2026-11-25T02:30:00.500Z'), read)).toBe(true);
  expect(isNewer(counted('2026-11-25T03:30:01+01:00'), read)).toBe(true);
});
