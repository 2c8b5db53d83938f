import type { Metadata } from 'next';
import Link from 'next/link';
import { PageIntro } from '@/components/marketing/section';
import { Statement, Statements } from '@/components/marketing/statements';

export const dynamic = 'force-static';

export const metadata: Metadata = {
  title: 'Security',
  description:
    'How workspaces are kept apart, how sign-in, keys and payments work, and what isn’t there yet.',
};

export default function SecurityPage() {
  return (
    <>
      <PageIntro title="What keeps your research yours">
        <p>Plain statements about how it is built, and about what is still missing.</p>
      </PageIntro>
      <div className="mx-auto max-w-page px-4 pt-12 sm:px-6">
        <Statements>
          <Statement title="Workspaces are kept apart by the database">
            <p>
              Every table that holds a workspace’s data carries row-level security, forced even for
              the table’s owner. The application connects with a role that can’t bypass it, and
              names the workspace once, at the start of each transaction. A query that forgets a
              filter returns nothing, rather than somebody else’s rows. Keys between tables include
              the workspace, so that a row can’t point across.
            </p>
          </Statement>
          <Statement title="Sign-in">
            <p>
              Passwords are hashed with Argon2id. Sessions are random, stored as hashes, checked on
              each request and can be revoked. Attempts are slowed per account and per address, in a
              way that can’t lock the owner out for good. Cookies belong to one host and are never
              shared across workspaces.
            </p>
          </Statement>
          <Statement title="API keys">
            <p>
              A key is shown once; we keep its hash. Keys have scopes, an expiry if you set one, and
              the time of last use. Rotation keeps the old key alive for an overlap you choose; a
              revoked key stops working within a second. Every write takes an Idempotency-Key, so
              that a retry never does a thing twice.
            </p>
          </Statement>
          <Statement title="Payments">
            <p>
              Cards are entered on Stripe’s page and never reach our servers. Events from Stripe are
              accepted with a valid signature only, and a plan becomes active when the payment did,
              never because a browser came back from the checkout.
            </p>
          </Statement>
          <Statement title="A record of what changed">
            <p>
              Each change writes an audit entry in the same transaction, so there is no change
              without its record. No role that serves requests can change or delete an entry.
            </p>
          </Statement>
          <Statement title="What isn’t there yet">
            <p>
              Second factors, single sign-on (SAML, OIDC), SCIM, compliance reports, an audit log
              chained by hashes and a page to search it are planned. We hold no certificates such as
              SOC 2 or ISO 27001 and don’t claim to.
            </p>
          </Statement>
          <Statement title="Report a weakness">
            <p>
              The repository’s security policy says how to report a weakness in confidence, and what
              we promise in return. How data is used is in the{' '}
              <Link href="/legal/privacy">privacy notice</Link>.
            </p>
          </Statement>
        </Statements>
      </div>
    </>
  );
}
