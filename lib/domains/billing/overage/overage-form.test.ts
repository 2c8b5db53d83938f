import { expect, it } from 'vitest';
import { overageForm, setOverageInput } from './schemas';

const form = (fields: object) =>
  overageForm.safeParse({ meter: 'api_calls', currency: 'usd', ...fields });

it('reads a budget as people type it, to the cent', () => {
  expect(form({ mode: 'budget', budget: ' 49,9 ' }).data).toEqual({
    meter: 'api_calls',
    mode: 'budget',
    budget: { amount: 4_990, currency: 'usd' },
  });
  expect(form({ mode: 'on' }).data).toEqual({ meter: 'api_calls', mode: 'on' });
});

it.each(['', '0', '-5', '1e3', '12.345', 'fifty'])('refuses %j as a budget', (budget) => {
  expect(form({ mode: 'budget', budget }).success).toBe(false);
});

it('refuses a mode without what belongs to it', () => {
  expect(form({ mode: 'budget' }).success).toBe(false);
  expect(setOverageInput.safeParse({ mode: 'budget' }).success).toBe(false);
  const budget = { amount: 5, currency: 'usd' };
  expect(setOverageInput.safeParse({ mode: 'on', budget }).success).toBe(false);
  expect(setOverageInput.safeParse({ mode: 'budget', budget }).success).toBe(true);
});
