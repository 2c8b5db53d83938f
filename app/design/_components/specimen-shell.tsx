import {
  Bell,
  ChartLine,
  FlaskConical,
  LayoutDashboard,
  Palette,
  Settings,
  Wallet,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/patterns/page-header';
import { AppShell } from '@/components/patterns/shell/app-shell';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';

const areas = [
  { label: 'Design', href: '/design', icon: <Palette /> },
  { label: 'Overview', href: '/', icon: <LayoutDashboard /> },
  { label: 'Strategies', href: '/strategies', icon: <ChartLine />, group: 'Research' },
  { label: 'Back-tests', href: '/backtests', icon: <FlaskConical />, group: 'Research', badge: 2 },
  { label: 'Billing', href: '/billing', icon: <Wallet />, group: 'Account' },
  { label: 'Settings', href: '/settings', icon: <Settings />, group: 'Account' },
];

export function SpecimenShell({ children }: { children: ReactNode }) {
  return (
    <AppShell
      tenant={{ name: 'Specimen workspace', slug: 'specimen' }}
      areas={areas}
      person={{ name: 'Ada Specimen', email: 'ada@example.com', role: 'Owner' }}
      usage={{
        label: 'API calls this month',
        used: 8_420,
        limit: 10_000,
        href: '/usage',
        asOf: '2026-01-01T00:00:00Z',
      }}
      base=""
      workspaces={[
        { name: 'Specimen workspace', slug: 'specimen', href: '/design' },
        { name: 'Second workspace', slug: 'second', href: '/design?accent=0f766e' },
      ]}
      profileHref="/settings"
      notifications={<IconButton label="Notices" icon={<Bell />} size="sm" />}
    >
      <PageHeader
        title="Design"
        badge={<Badge tone="accent">Development only</Badge>}
        description="Every token, primitive and pattern in its states."
        secondary={<Button variant="secondary">Secondary</Button>}
        action={<Button>One primary action</Button>}
      />
      {children}
    </AppShell>
  );
}
