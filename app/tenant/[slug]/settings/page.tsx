import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CopyField } from '@/components/ui/copy-field';
import { getTenant } from '@/lib/domains/tenancy';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';
import { GeneralForm } from './_components/general-form';
import { SettingsTabs } from './_components/settings-tabs';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, base } = await pageCtx((await params).slug);
  const tenant = await getTenant(ctx);
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs base={base} current="general" />} />
      <div className="grid max-w-form gap-6">
        <Card>
          <CardHeader title="Organisation" description="What members and e-mails call it." />
          <CardBody>
            <GeneralForm
              name={tenant.name}
              type={tenant.tenant_type}
              readOnly={!allows(ctx.actor, 'tenant:write')}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Addresses"
            description="Where the dashboard is, and what programs call the organisation."
          />
          <CardBody className="grid gap-4">
            <CopyField label="Dashboard" value={tenant.dashboard_url} />
            <CopyField label="Organisation id for the API" value={tenant.id} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
