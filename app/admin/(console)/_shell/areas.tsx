import {
  Building2,
  GitCompareArrows,
  LayoutDashboard,
  Repeat,
  ScrollText,
  ShieldCheck,
  Tags,
  Webhook,
} from 'lucide-react';
import type { ShellArea } from '@/components/patterns/shell/shell-types';

/** What the console has; every role of the platform may look at all of it. */
export const areas: readonly ShellArea[] = [
  { label: 'Overview', href: '/', icon: <LayoutDashboard /> },
  { label: 'Tenants', href: '/tenants', icon: <Building2 /> },
  { label: 'Subscriptions', href: '/subscriptions', icon: <Repeat />, group: 'Money' },
  { label: 'Drift', href: '/drift', icon: <GitCompareArrows />, group: 'Money' },
  { label: 'Plans', href: '/plans', icon: <Tags />, group: 'Money' },
  { label: 'Webhooks', href: '/webhooks', icon: <Webhook />, group: 'Money' },
  { label: 'Audit log', href: '/audit', icon: <ScrollText />, group: 'Platform' },
  { label: 'Your security', href: '/security', icon: <ShieldCheck />, group: 'Platform' },
];
