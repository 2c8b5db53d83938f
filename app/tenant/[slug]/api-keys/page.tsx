import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { TextLink } from '@/components/ui/text-link';
import { getKeyOptions, listApiKeys } from '@/lib/domains/gateway';
import { rootUrl } from '@/lib/domains/tenancy';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';
import { CreateKeyDialog } from './_components/create-key-dialog';
import { KeyLimit } from './_components/key-limit';
import { KeyTable } from './_components/key-table';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx } = await pageCtx((await params).slug);
  const mayRead = allows(ctx.actor, 'api_keys:read');
  const mayWrite = allows(ctx.actor, 'api_keys:write');
  if (!mayRead) {
    return (
      <EmptyState icon={<KeyRound />} title="API keys are for those who manage them">
        Your role doesn’t include API keys. Ask an owner or admin of this organisation.
      </EmptyState>
    );
  }
  const [{ data: keys }, options] = await Promise.all([
    listApiKeys(ctx, { limit: 100 }),
    getKeyOptions(ctx),
  ]);
  const create = mayWrite ? <CreateKeyDialog options={options} /> : null;
  return (
    <>
      <PageHeader
        title="API keys"
        description={
          <>
            Credentials for programs. What they can call stands in the{' '}
            <TextLink href={rootUrl('/docs/api')}>API reference</TextLink>.
          </>
        }
        action={keys.length > 0 ? create : null}
      />
      <KeyLimit options={options} />
      {keys.length > 0 ? (
        <KeyTable keys={keys} mayWrite={mayWrite} />
      ) : (
        <EmptyState icon={<KeyRound />} title="No API keys yet" action={create}>
          With a key, a program can read your data and, where the plan allows it, upload bars and
          start back-tests. Give each program its own, so that you can end one without the others.
        </EmptyState>
      )}
    </>
  );
}
