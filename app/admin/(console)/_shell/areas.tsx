import {
  Building2,
  ChartNoAxesCombined,
  FileSignature,
  GitCompareArrows,
  LayoutDashboard,
  ReceiptText,
  Repeat,
  ScrollText,
  ShieldCheck,
  Tags,
  Undo2,
  Webhook,
} from 'lucide-react';
import type { ShellArea } from '@/components/patterns/shell/shell-types';

/** What the console has; every role of the platform may open all of it, though revenue says so where it isn't theirs. */
export const areas: readonly ShellArea[] = [
  { label: 'Overview', href: '/', icon: <LayoutDashboard /> },
  { label: 'Tenants', href: '/tenants', icon: <Building2 /> },
  { label: 'Revenue', href: '/revenue', icon: <ChartNoAxesCombined />, group: 'Money' },
  { label: 'Subscriptions', href: '/subscriptions', icon: <Repeat />, group: 'Money' },
  { label: 'Invoices', href: '/invoices', icon: <ReceiptText />, group: 'Money' },
  { label: 'Refunds', href: '/refunds', icon: <Undo2 />, group: 'Money' },
  { label: 'Quotes', href: '/quotes', icon: <FileSignature />, group: 'Money' },
  { label: 'Drift', href: '/drift', icon: <GitCompareArrows />, group: 'Money' },
  { label: 'Plans', href: '/plans', icon: <Tags />, group: 'Money' },
  { label: 'Webhooks', href: '/webhooks', icon: <Webhook />, group: 'Money' },
  { label: 'Audit log', href: '/audit', icon: <ScrollText />, group: 'Platform' },
  { label: 'Your security', href: '/security', icon: <ShieldCheck />, group: 'Platform' },
];
