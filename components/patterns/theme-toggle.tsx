'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';

const order = ['system', 'light', 'dark'] as const;
const looks = {
  system: { label: 'Theme: as the system', Icon: Monitor },
  light: { label: 'Theme: light', Icon: Sun },
  dark: { label: 'Theme: dark', Icon: Moon },
};

const never = () => () => undefined;

/**
 * Steps through system, light and dark; one small button without a menu. It stands on every public page,
 * so it is written without the primitives, which would bring their code along.
 */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  // The stored choice is known in the browser only.
  const mounted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const current = mounted && (theme === 'light' || theme === 'dark') ? theme : 'system';
  const next = order[(order.indexOf(current) + 1) % order.length] ?? 'system';
  const { label, Icon } = looks[current];
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => setTheme(next)}
      className="grid size-9 place-items-center rounded-md text-muted transition-colors hover:bg-raised hover:text-strong"
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
