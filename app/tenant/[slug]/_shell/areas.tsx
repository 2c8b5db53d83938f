import {
  CandlestickChart,
  CreditCard,
  FlaskConical,
  Gauge,
  KeyRound,
  LayoutDashboard,
  ScrollText,
  Settings,
  Users,
} from 'lucide-react';
import type { ShellArea } from '@/components/patterns/shell/shell-types';
import { type Permission, type Role, roleAllows } from '@/lib/kernel/access';

type Area = ShellArea & { permission: Permission };

const all: Area[] = [
  { label: 'Overview', href: '/', icon: <LayoutDashboard />, permission: 'tenant:read' },
  {
    label: 'Strategies',
    href: '/strategies',
    icon: <ScrollText />,
    group: 'Research',
    permission: 'strategies:read',
  },
  {
    label: 'Back-tests',
    href: '/backtests',
    icon: <FlaskConical />,
    group: 'Research',
    permission: 'backtests:read',
  },
  {
    label: 'Market data',
    href: '/market-data',
    icon: <CandlestickChart />,
    group: 'Research',
    permission: 'market_data:read',
  },
  { label: 'Usage', href: '/usage', icon: <Gauge />, group: 'Account', permission: 'usage:read' },
  {
    label: 'API keys',
    href: '/api-keys',
    icon: <KeyRound />,
    group: 'Account',
    permission: 'api_keys:read',
  },
  {
    label: 'Billing',
    href: '/billing',
    icon: <CreditCard />,
    group: 'Account',
    permission: 'billing:read',
  },
  {
    label: 'Members',
    href: '/members',
    icon: <Users />,
    group: 'Account',
    permission: 'members:read',
  },
  {
    label: 'Settings',
    href: '/settings',
    icon: <Settings />,
    group: 'Account',
    permission: 'tenant:read',
  },
];

/** The areas that a role may open, in the order of the rail. */
export function areasFor(role: Role): ShellArea[] {
  return all
    .filter(({ permission }) => roleAllows(role, permission))
    .map(({ permission: _, ...area }) => area);
}
