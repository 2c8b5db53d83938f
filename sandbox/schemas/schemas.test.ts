import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import recorded from '@/sandbox/schemas/generated/recorded-shapes.json';
import { generateSchemas } from '@/sandbox/schemas/generate';
import { laterKinds, recordedKinds, recordedRefusals } from '@/sandbox/schemas/every-kind';
import { ALLOWED, UNRECORDED } from '@/sandbox/schemas/shape-allowances';
import type { Shapes } from '@/sandbox/schemas/shapes';
import { shapesOfAnswers, summariseRecordings } from '@/sandbox/schemas/summarise-recordings';
import { findings } from '@/sandbox/schemas/validate';
import { clientOf, useSandbox } from '@/sandbox/testing';

const { get, stripe, seen } = useSandbox();

test('the committed schemas are what the installed SDK says', () => {
  for (const [name, text] of Object.entries(generateSchemas()))
    expect(
      readFileSync(path.join(import.meta.dirname, 'generated', name), 'utf8') === text,
      `run sandbox/schemas/generate.ts: ${name} is out of date`,
    ).toBe(true);
}, 180_000);

test('a wrong answer or event is found', async () => {
  const customer = await stripe().customers.create({});
  const answer = {
    status: 200,
    headers: {},
    route: 'POST /v1/customers',
    body: JSON.stringify({ ...customer, balance: 'none', colour: 'red', email: undefined }),
  };
  const request = { method: 'POST', url: new URL('http://a/'), headers: {}, body: '' };
  const found = findings([{ request, answer }]).join('\n');
  for (const part of ['balance must be number', 'colour', "required property 'email'"])
    expect(found).toContain(part);
  const event = {
    id: 'evt',
    object: 'event' as const,
    api_version: '',
    created: 1,
    livemode: false,
    pending_webhooks: 0,
    request: null,
    type: 'customer.created',
    data: { object: { object: 'customer' } },
  };
  expect(findings([{ event }]).length).toBeGreaterThan(5);
  expect(findings([{ event: { ...event, type: 'customer.renamed' } }])).toEqual([
    'event customer.renamed: not in the generated schemas',
  ]);
});

function differences(ours: Shapes, theirs: Shapes): string[] {
  return Object.entries(theirs).flatMap(([kind, paths]) => {
    const mine = ours[kind];
    if (!mine) return [`${kind}: never given`];
    const absent = Object.keys(paths)
      .filter((at) => !(at in mine))
      .map((at) => `${kind} ${at}: absent here`);
    const extra = Object.keys(mine)
      .filter((at) => !(at in paths))
      .map((at) => `${kind} ${at}: not in the recordings`);
    const other = Object.entries(mine).flatMap(([at, types]) => {
      const recordedTypes = paths[at]?.split('|');
      const strange =
        recordedTypes &&
        types
          .split('|')
          .filter(
            (type) =>
              type !== 'null' &&
              recordedTypes.some((each) => each !== 'null') &&
              !recordedTypes.includes(type),
          );
      return strange?.length
        ? [`${kind} ${at}: ${strange.join()} here, ${recordedTypes?.join()} there`]
        : [];
    });
    return [...absent, ...extra, ...other];
  });
}

/** Where the recordings are on a machine that has them: beside the checkout, or beside the folder of its worktrees. */
const RECORDINGS = ['../shared', '../../shared'].map((folder) =>
  path.resolve(import.meta.dirname, '../..', folder, 'data/stripe-recordings.ndjson'),
);

test('the committed shapes are those of the recorded exchanges', () => {
  const file = RECORDINGS.find((each) => existsSync(each));
  const committed = readFileSync(
    path.join(import.meta.dirname, 'generated/recorded-shapes.json'),
    'utf8',
  );
  const kinds = Object.keys(JSON.parse(committed) as Shapes);
  expect(kinds).toContain('subscription');
  expect(kinds.filter((kind) => kind.startsWith('error ')).length).toBeGreaterThan(3);
  const fresh = file ? summariseRecordings(readFileSync(file, 'utf8')) : committed;
  expect(fresh).toBe(committed);
});

test('shapes agree with recorded exchanges of test mode, but for differences listed with a reason', async () => {
  const stranger = clientOf(get(), {}, 'sk_live_stranger');
  await recordedKinds(stripe());
  await recordedRefusals(stripe(), stranger);
  await laterKinds(stripe());
  const ours = shapesOfAnswers(
    seen.flatMap((each) =>
      'answer' in each && each.answer.body !== ''
        ? [{ status: each.answer.status, res: JSON.parse(each.answer.body) as unknown }]
        : [],
    ),
  );
  const found = differences(ours, recorded as Shapes);

  expect(found.filter((each) => !ALLOWED.some(({ pattern }) => pattern.test(each)))).toEqual([]);
  // An allowance that excuses nothing is out of date.
  expect(
    ALLOWED.filter(({ pattern }) => !found.some((each) => pattern.test(each))).map(
      ({ pattern }) => pattern.source,
    ),
  ).toEqual([]);
  const unrecorded = Object.keys(ours).filter((kind) => !(kind in recorded));
  expect(unrecorded.sort()).toEqual(UNRECORDED);
});
