import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDomainError } from '@/lib/kernel/errors';
import { projectRoot } from '@/lib/testing/test-settings';
import { allowsStep, type QuoteStep, quoteTransitions, requireStep } from './lifecycle';
import { quoteStatuses } from './schemas';

const page = readFileSync(path.join(projectRoot, 'docs/billing/quotes.md'), 'utf8');
const steps = [...new Set<QuoteStep>(quoteTransitions.map(({ by }) => by))];

function codeOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return isDomainError(error) && error.kind === 'conflict' ? error.code : 'unexpected';
  }
}

describe('the life of a quote', () => {
  it('is what the picture shows', () => {
    const drawn = [...page.matchAll(/^ {2}(\w+) --> (\w+): (.+)$/gm)].map(
      ([, from, to, by]) => `${from} ${by} ${to}`,
    );
    expect(drawn.sort()).toEqual(quoteTransitions.map((t) => `${t.from} ${t.by} ${t.to}`).sort());
  });

  it('reaches every status', () => {
    const reached = new Set(['requested', 'draft', ...quoteTransitions.map(({ to }) => to)]);
    expect(reached).toEqual(new Set(quoteStatuses));
  });

  it.each(quoteStatuses)('refuses from %s every step that isn’t drawn, and says why', (status) => {
    for (const step of steps) {
      const drawn = quoteTransitions.some(({ from, by }) => from === status && by === step);
      expect(allowsStep(status, step)).toBe(drawn);
      const code = `quote_${status === 'draft' ? 'requested' : status}`;
      expect(codeOf(() => requireStep(status, step))).toBe(drawn ? null : code);
    }
  });
});
