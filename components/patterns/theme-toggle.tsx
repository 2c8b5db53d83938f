'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { IconButton } from '../ui/icon-button';

const order = ['system', 'light', 'dark'] as const;
const looks = {
  system: { label: 'Theme: as the system', icon: <Monitor /> },
  light: { label: 'Theme: light', icon: <Sun /> },
  dark: { label: 'Theme: dark', icon: <Moon /> },
};

const never = () => () => undefined;

/** Steps through system, light and dark; one small button without a menu. */
export function ThemeToggle({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  // The stored choice is known in the browser only.
  const mounted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const current = mounted && (theme === 'light' || theme === 'dark') ? theme : 'system';
  const next = order[(order.indexOf(current) + 1) % order.length] ?? 'system';
  return (
    <IconButton
      {...looks[current]}
      {...(className ? { className } : {})}
      onClick={() => setTheme(next)}
    />
  );
}
