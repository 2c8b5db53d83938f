import { describe, expect, it } from 'vitest';
import { effectWords } from './change-words';

describe('what a change does', () => {
  it('speaks of credit only where something was paid', () => {
    expect(effectWords('active', 'now')).toContain('is credited');
    expect(effectWords('trialing', 'now')).not.toContain('credit');
    expect(effectWords('trialing', 'now')).toContain('Nothing is charged before the trial ends');
  });

  it('leaves everything as it is until the end of period or trial', () => {
    for (const status of ['active', 'trialing'] as const) {
      expect(effectWords(status, 'period_end')).toMatch(/^Everything stays as it is until then/);
    }
  });
});
