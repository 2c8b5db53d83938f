import type { Metadata } from 'next';
import Link from 'next/link';
import { CodeBlock } from '@/components/ui/code-block';
import { readReference } from '@/lib/transport/reference';
import { ErrorCodes } from './_components/error-codes';
import { Operation } from './_components/operation';

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Every endpoint of the NeoZork API, from the schemas that check calls.',
};

/** Made from what this process serves, so it can't be made when it is built. */
export const dynamic = 'force-dynamic';

const anchor = (tag: string) => tag.toLowerCase().replaceAll(/\W+/g, '-');

export default function ApiReferencePage() {
  const { base, tags, shapes } = readReference();
  return (
    <div className="mx-auto flex max-w-[1440px] gap-10 px-5 py-8">
      <nav
        aria-label="Endpoints"
        className="scrollbar-quiet sticky top-8 hidden max-h-[calc(100dvh-4rem)] w-60 shrink-0 overflow-y-auto text-sm lg:block"
      >
        <Link href="/" className="text-md font-semibold text-strong">
          NeoZork
        </Link>
        <ul className="mt-5 flex flex-col gap-4">
          {tags.map(({ name, operations }) => (
            <li key={name}>
              <a href={`#${anchor(name)}`} className="font-medium text-strong">
                {name}
              </a>
              <ul className="mt-1 border-l border-line">
                {operations.map(({ id, summary }) => (
                  <li key={id}>
                    <a
                      href={`#${id}`}
                      className="-ml-px block truncate border-l border-transparent py-0.5 pl-3 text-muted hover:border-accent hover:text-strong"
                    >
                      {summary}
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </nav>
      <main className="min-w-0 flex-1">
        <Introduction base={base} />
        {tags.map(({ name, operations }) => (
          <section key={name} id={anchor(name)} className="scroll-mt-6 pt-10">
            <h2 className="mb-4 text-lg">{name}</h2>
            {operations.map((operation) => (
              <Operation key={operation.id} operation={operation} base={base} shapes={shapes} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

function Introduction({ base }: { base: string }) {
  return (
    <header className="flex flex-col gap-6">
      <div className="max-w-reading">
        <h1 className="text-xl">API reference</h1>
        <p className="mt-2 text-base text-default">
          JSON in and out, snake_case, times in UTC, money in minor units. Send an API key as a
          bearer token; a key belongs to one organisation. Every write takes an{' '}
          <code className="font-mono text-sm">Idempotency-Key</code>, so that it can be repeated
          without harm. Lists are pages of <code className="font-mono text-sm">data</code> and{' '}
          <code className="font-mono text-sm">next_cursor</code>, newest first.
        </p>
        <p className="mt-2 text-base text-default">
          For programs:{' '}
          <a
            href="/api/v1/openapi.json"
            className="font-medium text-accent-text underline-offset-4 hover:underline"
          >
            the OpenAPI 3.1 document
          </a>
          , made from the same schemas as this page.
        </p>
      </div>
      <CodeBlock
        title="First call"
        code={`curl ${base}/strategies \\\n  -H "Authorization: Bearer $NEOZORK_API_KEY"`}
      />
      <ErrorCodes />
    </header>
  );
}
