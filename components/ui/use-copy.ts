'use client';

import { useEffect, useRef, useState } from 'react';

/** Copies text; `state` says for two seconds how it went. */
export function useCopy(): { state: 'idle' | 'copied' | 'failed'; copy: (text: string) => void } {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const settle = (next: 'copied' | 'failed') => {
    setState(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('idle'), 2000);
  };
  return {
    state,
    copy: (text) => {
      writeClipboard(text).then(
        () => settle('copied'),
        () => settle('failed'),
      );
    },
  };
}

async function writeClipboard(text: string): Promise<void> {
  // The clipboard API needs a secure context; a tenant's domain in a lab often has none.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('the browser refused to copy');
  return undefined;
}
