import { expect, it } from 'vitest';
import { negotiate } from './accept';

const offered = ['application/json', 'text/csv', 'application/vnd.apache.parquet'] as const;

it.each([
  [null, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/csv', 'text/csv'],
  ['TEXT/CSV; charset=utf-8', 'text/csv'],
  ['text/*', 'text/csv'],
  ['text/csv, application/json', 'text/csv'],
  ['application/json;q=0.5, text/csv;q=0.9', 'text/csv'],
  ['text/csv;q=0.3, application/vnd.apache.parquet;q=0.4, */*;q=0.1', offered[2]],
  ['application/json;q=0, */*', 'text/csv'],
  ['application/*;q=0.9, text/csv;q=0.2', 'application/json'],
  ['application/json;q=0.1, application/*', offered[2]],
  ['text/html, application/xhtml+xml, */*;q=0.8', 'application/json'],
  ['text/csv;q=many', 'text/csv'],
])('gives for %s: %s', (accept, expected) => {
  expect(negotiate(accept, offered)).toBe(expected);
});

it.each(['image/png', 'text/csv;q=0', 'application/json;q=0.0, text/html', 'application/xml'])(
  'refuses %s, and says what there is',
  (accept) => {
    expect(() => negotiate(accept, offered)).toThrow(/application\/json, text\/csv/);
  },
);
