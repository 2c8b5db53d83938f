import {
  BadgePercent,
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
  UserCog,
  Webhook,
} from 'lucide-react';
import type { ShellArea } from '@/components/patterns/shell/shell-types';
import type { OperatorPermission } from '@/lib/kernel/operator-access';

/** What every role of the platform sees; revenue says so where it isn't theirs. */
const areas: readonly ShellArea[] = [
  { label: 'Overview', href: '/', icon: <LayoutDashboard /> },
  { label: 'Tenants', href: '/tenants', icon: <Building2 /> },
  { label: 'Revenue', href: '/revenue', icon: <ChartNoAxesCombined />, group: 'Money' },
  { label: 'Subscriptions', href: '/subscriptions', icon: <Repeat />, group: 'Money' },
  { label: 'Invoices', href: '/invoices', icon: <ReceiptText />, group: 'Money' },
  { label: 'Refunds', href: '/refunds', icon: <Undo2 />, group: 'Money' },
  { label: 'Discounts', href: '/discounts', icon: <BadgePercent />, group: 'Money' },
  { label: 'Quotes', href: '/quotes', icon: <FileSignature />, group: 'Money' },
  { label: 'Drift', href: '/drift', icon: <GitCompareArrows />, group: 'Money' },
  { label: 'Plans', href: '/plans', icon: <Tags />, group: 'Money' },
  { label: 'Webhooks', href: '/webhooks', icon: <Webhook />, group: 'Money' },
  {
    label: 'Operators',
    href: '/operators',
    icon: <UserCog />,
    group: 'Platform',
  },
  { label: 'Audit log', href: '/audit', icon: <ScrollText />, group: 'Platform' },
  { label: 'Your security', href: '/security', icon: <ShieldCheck />, group: 'Platform' },
];

/** What an operator sees of it: colleagues are administrators' business. */
export const areasFor = (may: (permission: OperatorPermission) => boolean): readonly ShellArea[] =>
  areas.filter(({ href }) => href !== '/operators' || may('operators:write'));
