import { expect, it } from 'vitest';
import { project } from './project-usage';

const pace = {
  aggregation: 'count' as const,
  used: 100,
  lastChange: new Date('2026-04-10T23:00:00Z'),
  limit: 1_000,
  began: new Date('2026-04-01'),
  now: new Date('2026-04-11'),
};

it('draws a straight line to the end of the month', () => {
  expect(project(pace)).toEqual({ projected: 300, limit_reached_at: null });
});

it('says when the line meets the limit', () => {
  expect(project({ ...pace, limit: 150 })).toEqual({
    projected: 300,
    limit_reached_at: '2026-04-16T00:00:00.000Z',
  });
});

it('dates a limit that was reached by the last change', () => {
  const { limit_reached_at } = project({ ...pace, limit: 100 });
  expect(limit_reached_at).toBe('2026-04-10T23:00:00.000Z');
});

it('starts with the tenant when that is younger than the month', () => {
  expect(project({ ...pace, began: new Date('2026-04-06') }).projected).toBe(500);
});

it('says nothing of a month that has hardly begun, but of a limit that was reached', () => {
  const young = { ...pace, used: 10, limit: 100, now: new Date('2026-04-01T01:00:00Z') };
  expect(project(young)).toEqual({ projected: null, limit_reached_at: null });
  expect(project({ ...young, now: new Date('2026-04-03T23:59:59Z') }).projected).toBeNull();
  expect(project({ ...young, now: new Date('2026-04-04') }).projected).toBe(100);
  const reached = project({ ...young, used: 100, lastChange: new Date('2026-04-01T00:30:00Z') });
  expect(reached).toEqual({ projected: null, limit_reached_at: '2026-04-01T00:30:00.000Z' });
});

it('wants a day of a tenant that is younger than the month, however little is left of it', () => {
  const late = { ...pace, began: new Date('2026-04-29'), used: 10 };
  expect(project({ ...late, now: new Date('2026-04-29T23:00:00Z') }).projected).toBeNull();
  expect(project({ ...late, now: new Date('2026-04-30') }).projected).toBe(20);
});

it('says nothing of meters that do not add up', () => {
  const unknown = { projected: null, limit_reached_at: null };
  expect(project({ ...pace, aggregation: 'last' })).toEqual(unknown);
});

it('never meets an unlimited limit, nor any limit without usage', () => {
  expect(project({ ...pace, limit: null }).limit_reached_at).toBeNull();
  expect(project({ ...pace, used: 0 })).toEqual({ projected: 0, limit_reached_at: null });
});
