import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { UpgradeCallout } from '@/components/patterns/upgrade-callout';
import { can } from '@/lib/domains/entitlements';
import { getBranding } from '@/lib/domains/tenancy';
import { allows } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';
import { SettingsTabs } from '../_components/settings-tabs';
import { ColourEditor } from './_components/colour-editor';
import { LogoCard } from './_components/logo-card';

export const metadata: Metadata = { title: 'Branding' };

export default async function BrandingPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, base, member } = await pageCtx((await params).slug);
  const [branding, entitled] = await Promise.all([getBranding(ctx), can(ctx, 'branding')]);
  const mayEdit = allows(ctx.actor, 'tenant:write');
  return (
    <>
      <PageHeader
        title="Settings"
        description="Your logo and colours stand in the dashboard and on your sign-in page."
        tabs={<SettingsTabs base={base} current="branding" />}
      />
      <div className="grid gap-6">
        {entitled ? null : (
          <UpgradeCallout
            plan="enterprise"
            title="Branding is part of Enterprise"
            message="Try colours here and see what the contrast check says of them. Saving them, and a logo, come with the plan."
            path="/billing"
          />
        )}
        <ColourEditor
          name={member.name}
          accent={branding.accent}
          sidebar={branding.sidebar}
          logo={branding.logo_light}
          readOnly={!mayEdit}
          trialOnly={!entitled}
        />
        {entitled || branding.logo_light || branding.logo_dark ? (
          <div className="grid gap-6 lg:grid-cols-2">
            <LogoCard variant="light" path={branding.logo_light} readOnly={!mayEdit || !entitled} />
            <LogoCard variant="dark" path={branding.logo_dark} readOnly={!mayEdit || !entitled} />
          </div>
        ) : null}
      </div>
    </>
  );
}
