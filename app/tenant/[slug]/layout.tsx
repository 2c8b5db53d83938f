import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { BrandTheme } from '@/components/patterns/brand-theme';
import { allTenantsOf, dashboardUrl, getBranding, rootUrl } from '@/lib/domains/tenancy';
import { allows } from '@/lib/kernel/ctx';
import { heldPageCtx } from '@/lib/transport/page-ctx';
import { areasFor } from './_shell/areas';
import { roleWords } from './members/_components/role-words';
import { Banner } from './_shell/banner';
import { railUsage } from './_shell/rail-usage';
import { TenantShell } from './_shell/tenant-shell';

type Props = { children: ReactNode; params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { member } = await heldPageCtx((await params).slug);
  return { title: { template: `%s · ${member.name}`, default: member.name } };
}

/** Private pages: nothing of them may be kept by a shared cache. */
export const dynamic = 'force-dynamic';

export default async function TenantLayout({ children, params }: Props) {
  const { ctx, person, member, base } = await heldPageCtx((await params).slug);
  const [branding, workspaces, usage] = await Promise.all([
    getBranding(ctx),
    allTenantsOf(person.userId),
    allows(ctx.actor, 'usage:read') ? railUsage(ctx) : null,
  ]);
  const { accent, sidebar } = branding;
  return (
    <>
      <BrandTheme colours={accent ? { accent, ...(sidebar ? { sidebar } : {}) } : null} />
      <TenantShell
        base={base}
        tenant={{
          name: member.name,
          slug: member.slug,
          logoUrl: branding.logo_light,
          logoDarkUrl: branding.logo_dark,
        }}
        areas={areasFor(member.role)}
        person={{
          name: person.name || person.email,
          email: person.email,
          role: roleWords[member.role].label,
        }}
        usage={usage}
        workspaces={workspaces.map(({ name, slug }) => ({
          name,
          slug,
          href: base === '' ? dashboardUrl(slug) : `/tenant/${slug}`,
        }))}
        newWorkspaceHref={rootUrl('/sign-up')}
        banner={<Banner ctx={ctx} person={person} base={base} />}
      >
        {children}
      </TenantShell>
    </>
  );
}
