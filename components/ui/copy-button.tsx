'use client';

import { Check, Copy, X } from 'lucide-react';
import { IconButton } from './icon-button';
import { useCopy } from './use-copy';

/** Copies `text` and says so. `what` completes "Copy …". */
export function CopyButton({
  text,
  what,
  className,
}: {
  text: string;
  what: string;
  className?: string;
}) {
  const { state, copy } = useCopy();
  const label = { idle: `Copy ${what}`, copied: 'Copied', failed: 'Could not copy' }[state];
  const icon = {
    idle: <Copy />,
    copied: <Check className="text-positive" />,
    failed: <X className="text-negative" />,
  }[state];
  return (
    <>
      <IconButton
        size="sm"
        label={label}
        icon={icon}
        onClick={() => copy(text)}
        {...(className ? { className } : {})}
      />
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : label}
      </span>
    </>
  );
}
