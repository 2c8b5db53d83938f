import { randomBytes } from 'node:crypto';
import type { ApiTenant } from '../api-client';

/** What a scenario has: a running product, and a tenant whose plan has everything. */
export type Scene = { url: string; tenant: ApiTenant; other: ApiTenant };

/** What vitest and Playwright have in common. */
export type Expect = (value: unknown) => {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toContain(expected: unknown): void;
  toMatch(expected: RegExp): void;
  toMatchObject(expected: object): void;
  toHaveProperty(name: string): void;
  toBeGreaterThanOrEqual(expected: number): void;
};

export type Scenario = { name: string; run: (scene: Scene, expect: Expect) => Promise<void> };

/** A word that no other test uses. */
export const unique = () => randomBytes(6).toString('hex');
