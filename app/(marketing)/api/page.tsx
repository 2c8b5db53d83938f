import type { Metadata } from 'next';
import Link from 'next/link';
import { PageIntro, Section } from '@/components/marketing/section';
import { buttonStyle } from '@/components/ui/button-style';
import { CodeBlock } from '@/components/ui/code-block';

export const dynamic = 'force-static';

export const metadata: Metadata = {
  title: 'API',
  description:
    'The first three calls, the conventions for errors, lists, limits and retries, and how usage is counted.',
};

const calls = [
  {
    title: 'Create a workspace',
    note: 'Answers 201 with the tenant and a set-up token that lives for an hour.',
    code: `curl -X POST http://localhost:8080/api/v1/tenants \\
  -H "Content-Type: application/json" \\
  -d '{"name": "My Trading Company", "email": "admin@mytrading.com",
       "tenant_type": "small_business"}'`,
  },
  {
    title: 'Subscribe it to a plan',
    note: 'Answers 201; with trial days left the subscription is trialing at once.',
    code: `curl -X POST http://localhost:8080/api/v1/tenants/{tenant_id}/subscriptions \\
  -H "Content-Type: application/json" -H "Authorization: Bearer {setup.token}" \\
  -d '{"plan_id": "professional", "billing_cycle": "monthly", "trial_days": 14}'`,
  },
  {
    title: 'Sign in',
    note: 'Answers 200 with an access and a refresh token, or 401 as a problem document.',
    code: `curl -X POST http://localhost:8080/api/v1/auth/login \\
  -H "Content-Type: application/json" \\
  -d '{"username": "user@example.com", "password": "password",
       "tenant_id": "tenant-123"}'`,
  },
];

const problem = `HTTP/1.1 402 Payment Required
Content-Type: application/problem+json

{
  "title": "Payment required",
  "status": 402,
  "code": "quota_exceeded",
  "detail": "10 of 10 back-tests are used …",
  "upgrade_to": "professional",
  "request_id": "…"
}`;

const conventions = [
  [
    'Errors',
    'Problem documents (RFC 9457) with a code for programs, a sentence for people, and the path of each field at fault.',
  ],
  [
    'Retries',
    'Send an Idempotency-Key with any write: the same body gets the same answer, marked as replayed.',
  ],
  ['Lists', 'Cursor pages, newest first. Time series run oldest first and also come as CSV.'],
  [
    'Rate limits',
    'RateLimit and RateLimit-Policy headers on each answer; Retry-After when it is too much.',
  ],
  [
    'Counting',
    'A call counts when it passed authentication and rate limit and didn’t end in a server error. A batch is one call.',
  ],
  [
    'Streams',
    'WebSockets, or server-sent events, resume after since_seq. They close within a second of the end of the right to them: 4401 key, session or membership, 4402 plan, 4403 role, 4423 suspended; server-sent events say so in a last event named end.',
  ],
  [
    'Money and time',
    'Minor units with their currency; ISO 8601 in UTC. null means unlimited in limits and undefined in metrics.',
  ],
] as const;

export default function ApiPage() {
  return (
    <>
      <PageIntro title="The same product, for programs">
        <p>
          A REST API under <code className="font-mono text-md">/api/v1</code>, described by an
          OpenAPI 3.1 document that is generated from the schemas that validate each request.
        </p>
        <div className="mt-6 flex flex-wrap gap-3">
          <Link href="/docs/api" prefetch={false} className={buttonStyle('primary', 'lg')}>
            Read the reference
          </Link>
          <a href="/api/v1/openapi.json" className={buttonStyle('secondary', 'lg')}>
            Get the OpenAPI document
          </a>
        </div>
      </PageIntro>
      <Section
        title="The first three calls"
        lead="They work as printed against an installation started on your machine; put your own host in place of localhost."
      >
        <ol className="flex flex-col gap-6">
          {calls.map((call, index) => (
            <li key={call.title} className="grid gap-x-10 gap-y-3 lg:grid-cols-[1fr_2fr]">
              <div>
                <h3 className="text-md">
                  <span className="figures text-muted">{index + 1}.</span> {call.title}
                </h3>
                <p className="mt-1 text-md text-muted">{call.note}</p>
              </div>
              <CodeBlock title={call.title} code={call.code} />
            </li>
          ))}
        </ol>
      </Section>
      <Section title="Conventions" lead="Where ours are silent, Stripe’s apply.">
        <div className="grid gap-10 lg:grid-cols-2">
          <dl>
            {conventions.map(([name, text]) => (
              <div key={name} className="border-t border-line py-3.5">
                <dt className="font-semibold text-md text-strong">{name}</dt>
                <dd className="mt-0.5 text-md text-muted">{text}</dd>
              </div>
            ))}
          </dl>
          <CodeBlock title="A refusal, and what lifts it" code={problem} className="self-start" />
        </div>
      </Section>
    </>
  );
}
