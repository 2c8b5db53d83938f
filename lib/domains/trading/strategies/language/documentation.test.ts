import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { indicatorCatalogue } from '@/lib/domains/trading/indicators';
import { syntheticBars } from '@/lib/domains/trading/indicators/synthetic-bars';
import { compileStrategy, strategyPresets, validateStrategy } from '.';
import { OPERATOR_NAMES } from './operators';

const page = readFileSync(path.resolve('docs/strategy-language.md'), 'utf8');
const examples = [...page.matchAll(/^```json (\S+)(?: (\S+) (\S+))?\n([\s\S]*?)^```/gm)].map(
  ([, kind = '', fault, code, text = '']) => ({ kind, fault, code, value: JSON.parse(text) }),
);
const ofKind = (kind: string) => examples.filter((example) => example.kind === kind);

function assertRuns(document: unknown): void {
  const result = validateStrategy(document);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  const bars = syntheticBars(400, 4, 3_600_000);
  expect(compileStrategy(result.definition).signals(bars)).toBeDefined();
}

describe('docs/strategy-language.md', () => {
  it('has examples of every kind, and no block that is not run', () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(
      new Set(['document', 'condition', 'refused']),
    );
    expect(examples).toHaveLength(page.match(/^```json/gm)!.length);
  });

  it.each(ofKind('document'))('runs the document $value.name', ({ value }) => assertRuns(value));

  it.each(ofKind('condition'))('runs the condition $value', ({ value }) =>
    assertRuns({ name: 'Example', entry: { long: value } }),
  );

  it.each(ofKind('refused'))('refuses $value', ({ value, fault, code }) => {
    const result = validateStrategy({ name: 'Example', entry: { long: value } });
    expect(result).toMatchObject({ ok: false, errors: [{ path: fault, code }] });
  });

  it('opens with the SMA cross of the presets', () => {
    expect(ofKind('document')[0]?.value).toEqual(strategyPresets[0]?.definition);
  });

  it('names every operator and every indicator', () => {
    for (const name of [...OPERATOR_NAMES, ...indicatorCatalogue.map((spec) => spec.name)]) {
      expect(page).toContain(name.length < 3 ? `\`${name}\`` : name);
    }
  });
});
