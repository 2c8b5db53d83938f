'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export { toast } from 'sonner';

/**
 * Where toasts appear; once per layout (the app shell has it). Raise one with `toast.success('Saved')`,
 * or with an undo: `toast('Strategy archived', { action: { label: 'Undo', onClick } })`.
 */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      duration={6000}
      // Never over a page's title row with its one action; on a phone above the bottom bar.
      offset={{ bottom: 20, right: 20 }}
      mobileOffset={{ bottom: 76 }}
      toastOptions={{
        style: {
          background: 'var(--overlay)',
          color: 'var(--strong)',
          borderColor: 'var(--line)',
          borderRadius: '10px',
          boxShadow: 'var(--shadow-3)',
          fontSize: '0.875rem',
          fontFamily: 'var(--font-geist), sans-serif',
        },
        actionButtonStyle: { background: 'var(--accent)', color: 'var(--on-accent)' },
      }}
    />
  );
}
