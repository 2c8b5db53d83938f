import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { LinkTabs } from '@/components/ui/tabs';
import { findClock } from '@/lib/domains/billing';
import { getTenantFacts } from '@/lib/domains/operator';
import { publicId } from '@/lib/kernel/ids';
import { foundOrNotFound } from '@/lib/transport/found';
import { operatorPage } from '@/lib/transport/operator-page';
import { tenantStatusWords } from '../../../_components/status-words';
import { AuditTab } from './_components/audit-tab';
import { BeginQuote } from './_components/begin-quote';
import { FactsTab } from './_components/facts-tab';
import { HoldDialog } from './_components/hold-dialog';
import { InvoicesTab } from './_components/invoices-tab';
import { MembersTab } from './_components/members-tab';
import { TimeTab } from './_components/time-tab';

export const metadata: Metadata = { title: 'Tenant' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> };

export default async function TenantPage({ params, searchParams }: Props) {
  const { ctx, operator, may } = await operatorPage();
  const giver = may('money:write') ? publicId('operator', operator.operatorId) : null;
  const facts = await foundOrNotFound(getTenantFacts(ctx, (await params).id));
  const { tenant, inside } = facts;
  const clock = await findClock(inside);
  const { tab = 'facts' } = await searchParams;
  const address = `/admin/tenants/${tenant.id}`;
  const { tone, word } = tenantStatusWords[tenant.status];
  const tabs = [
    { label: 'Facts', href: address },
    { label: 'Invoices', href: `${address}?tab=invoices` },
    { label: 'Members', href: `${address}?tab=members` },
    { label: 'Audit log', href: `${address}?tab=audit` },
    ...(clock ? [{ label: 'Time travel', href: `${address}?tab=time` }] : []),
  ];
  const shown = tabs.some(({ href }) => href.endsWith(`tab=${tab}`)) ? tab : 'facts';
  return (
    <>
      <PageHeader
        title={tenant.name}
        description={tenant.slug}
        badge={<Status tone={tone}>{word}</Status>}
        crumbs={[
          { label: 'Tenants', href: '/admin/tenants' },
          { label: tenant.name, href: address },
        ]}
        action={
          may('tenants:write') && !tenant.deleted_at ? (
            <HoldDialog
              id={tenant.id}
              slug={tenant.slug}
              name={tenant.name}
              held={tenant.held_at !== null}
            />
          ) : null
        }
        secondary={
          may('money:write') && !tenant.deleted_at ? <BeginQuote tenantId={tenant.id} /> : null
        }
        tabs={
          <LinkTabs
            label="About this tenant"
            items={tabs}
            current={shown === 'facts' ? address : `${address}?tab=${shown}`}
          />
        }
      />
      {shown === 'facts' ? <FactsTab facts={facts} giver={giver} /> : null}
      {shown === 'invoices' ? <InvoicesTab inside={inside} /> : null}
      {shown === 'members' ? <MembersTab inside={inside} /> : null}
      {shown === 'audit' ? <AuditTab inside={inside} /> : null}
      {shown === 'time' && clock ? (
        <TimeTab id={tenant.id} clock={clock} mayMove={may('tenants:write')} />
      ) : null}
    </>
  );
}
