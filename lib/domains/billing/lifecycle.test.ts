import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDomainError } from '@/lib/kernel/errors';
import { projectRoot } from '@/lib/testing/test-settings';
import { allowsCommand, canBecome, commandNames, requireCommand, transitions } from './lifecycle';
import { type SubscriptionStatus, subscriptionStatuses } from './schemas';

const page = readFileSync(path.join(projectRoot, 'docs/billing/state-machine.md'), 'utf8');

const cellsOf = (row: string) =>
  page
    .match(new RegExp(`^\\| ?${row} ?\\|(.+)\\|$`, 'm'))?.[1]
    ?.split('|')
    .map((cell) => cell.trim()) ?? [];

const codes: Record<SubscriptionStatus, string> = {
  incomplete: 'subscription_incomplete',
  trialing: 'subscription_trialing',
  active: 'subscription_active',
  past_due: 'subscription_past_due',
  unpaid: 'subscription_unpaid',
  paused: 'subscription_paused',
  cancelled: 'subscription_ended',
};

function codeOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return isDomainError(error) ? error.code : 'unexpected';
  }
}

describe('the life of a subscription', () => {
  it('is what the picture shows', () => {
    const drawn = [...page.matchAll(/^ {2}(\w+) --> (\w+): (.+)$/gm)].map(
      ([, from, to, by]) => `${from} ${by} ${to}`,
    );
    expect(drawn).toEqual(transitions.map(({ from, by, to }) => `${from} ${by} ${to}`));
  });

  it('answers every command in every status as the table says', () => {
    const columns = cellsOf('');
    expect(columns.toSorted()).toEqual(subscriptionStatuses.toSorted());
    for (const command of commandNames) {
      const drawn = columns.filter((_, column) => cellsOf(command)[column] === '✓');
      expect([command, ...drawn]).toEqual([
        command,
        ...columns.filter((status) => allowsCommand(status as SubscriptionStatus, command)),
      ]);
    }
  });

  it('refuses a command with the reason', () => {
    const refusals = commandNames.flatMap((command) =>
      subscriptionStatuses
        .filter((status) => !allowsCommand(status, command))
        .map((status) => [status, codeOf(() => requireCommand(status, command))]),
    );
    expect(refusals.length).toBeGreaterThan(20);
    for (const [status, code] of refusals) expect(code).toBe(codes[status as SubscriptionStatus]);
    expect(codeOf(() => requireCommand('active', 'pause'))).toBeNull();
  });

  it('never leaves its end, nor comes back to its beginning', () => {
    const others = (one: SubscriptionStatus) => subscriptionStatuses.filter((each) => each !== one);
    expect(others('cancelled').filter((status) => canBecome('cancelled', status))).toEqual([]);
    expect(others('incomplete').filter((status) => canBecome(status, 'incomplete'))).toEqual([]);
    expect(subscriptionStatuses.filter((status) => !canBecome(status, 'cancelled'))).toEqual([]);
    expect(canBecome('active', 'trialing')).toBe(false);
    expect(canBecome('incomplete', 'unpaid')).toBe(true);
    expect(canBecome('paused', 'unpaid')).toBe(true);
  });
});
