import { describe, expect, it } from 'vitest';
import { type FormProblem, faultOf, strayFaults } from './form-outcome';

const problem: FormProblem = {
  code: 'invalid_fields',
  detail: 'Some fields are not valid.',
  errors: [
    { path: 'name', code: 'too_short', message: 'Enter a name.' },
    { path: 'definition.entry', code: 'unknown_name', message: 'There is no indicator “x”.' },
  ],
};

describe('faultOf', () => {
  it('finds the message of one control', () => {
    expect(faultOf(problem, 'name', new Set())).toBe('Enter a name.');
    expect(faultOf(problem, 'slug', new Set())).toBeNull();
    expect(faultOf(null, 'name', new Set())).toBeNull();
  });
  it('falls silent once the control was changed', () => {
    expect(faultOf(problem, 'name', new Set(['name']))).toBeNull();
  });
});

describe('strayFaults', () => {
  it('keeps what no control shows', () => {
    expect(strayFaults(problem, new Set(['name'])).map((f) => f.path)).toEqual([
      'definition.entry',
    ]);
    expect(strayFaults({ code: 'x', detail: 'y' }, new Set())).toEqual([]);
  });
});
