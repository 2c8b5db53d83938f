import { describe, expect, it } from 'vitest';
import { applyQuery, nextSort, readQuery, readSort, writeParams, writeSort } from './table-query';
import type { Column } from './table-types';

interface Row {
  name: string;
  trades: number | null;
  status: string;
}

const rows: Row[] = [
  { name: 'SMA cross', trades: 12, status: 'active' },
  { name: 'RSI dip', trades: null, status: 'archived' },
  { name: 'SMA 10', trades: 3, status: 'active' },
  { name: 'SMA 9', trades: 3, status: 'archived' },
];

const columns: Column<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (r) => r.name,
    sortValue: (r) => r.name,
    searchText: (r) => r.name,
  },
  { id: 'trades', header: 'Trades', cell: (r) => r.trades, sortValue: (r) => r.trades },
];

const status = {
  id: 'status',
  label: 'Status',
  options: [],
  match: (r: Row, v: string) => r.status === v,
};

const names = (query: Parameters<typeof applyQuery<Row>>[1]) =>
  applyQuery(rows, query, columns, [status]).map((r) => r.name);

describe('applyQuery', () => {
  it('finds every word, in any order', () => {
    expect(names({ search: 'cross sma', sort: null, filters: {} })).toEqual(['SMA cross']);
  });
  it('sorts digits inside names as numbers', () => {
    expect(
      names({ search: 'sma', sort: { column: 'name', descending: false }, filters: {} }),
    ).toEqual(['SMA 9', 'SMA 10', 'SMA cross']);
  });
  it('keeps nulls last either way, and equal rows in order', () => {
    expect(
      names({ search: '', sort: { column: 'trades', descending: false }, filters: {} }),
    ).toEqual(['SMA 10', 'SMA 9', 'SMA cross', 'RSI dip']);
    expect(
      names({ search: '', sort: { column: 'trades', descending: true }, filters: {} }).at(-1),
    ).toBe('RSI dip');
  });
  it('filters, and ignores a column it does not know', () => {
    expect(
      names({
        search: '',
        sort: { column: 'nope', descending: false },
        filters: { status: 'archived' },
      }),
    ).toEqual(['RSI dip', 'SMA 9']);
  });
});

describe('the address', () => {
  it('goes there and back', () => {
    const text = writeParams('tab=list&cursor=abc', {
      q: 'sma',
      sort: writeSort({ column: 'name', descending: true }),
      status: 'active',
    });
    expect(text).toBe('tab=list&q=sma&sort=-name&status=active');
    expect(readQuery(new URLSearchParams(text), ['status'])).toEqual({
      search: 'sma',
      sort: { column: 'name', descending: true },
      filters: { status: 'active' },
    });
  });
  it('removes what is empty and keeps two tables apart', () => {
    expect(writeParams('a_q=x&b_q=y', { q: '' }, 'a_')).toBe('b_q=y');
    expect(readSort('')).toBeNull();
  });
  it('cycles a column: ascending, descending, as before', () => {
    const first = nextSort(null, 'name');
    const second = nextSort(first, 'name');
    expect([first, second, nextSort(second, 'name')]).toEqual([
      { column: 'name', descending: false },
      { column: 'name', descending: true },
      null,
    ]);
  });
});
