'use client';

import { Check, Copy, Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from './button';
import { Callout } from './callout';
import { CopyButton } from './copy-button';
import { IconButton } from './icon-button';
import { Label } from './label';
import { useCopy } from './use-copy';

const boxStyle =
  'min-w-0 flex-1 truncate rounded-md border border-line-strong bg-raised px-3 py-2 font-mono text-sm text-strong';

/** A value to take along: an id, an address, a DNS record. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <div className="flex items-center gap-1">
        <output id={id} className={boxStyle} title={value}>
          {value}
        </output>
        <CopyButton text={value} what={label.toLowerCase()} />
      </div>
    </div>
  );
}

/** A secret shown this once: hidden until asked for, copied in one press, with the warning beside it. */
export function SecretField({
  label,
  secret,
  onCopied,
}: {
  label: string;
  secret: string;
  /** Called at the first copy, for instance to enable the button that closes the dialog. */
  onCopied?: () => void;
}) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const { state, copy } = useCopy();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Callout tone="warning" title="Copy it now">
        We keep only a fingerprint of it, so it can’t be shown again. If it gets lost, make a new
        one.
      </Callout>
      <div className="flex min-w-0 flex-col gap-1.5">
        <Label htmlFor={id}>{label}</Label>
        <div className="flex items-center gap-2">
          <output id={id} className={boxStyle}>
            {shown ? secret : `${secret.slice(0, 8)}${'•'.repeat(24)}`}
          </output>
          <IconButton
            label={shown ? 'Hide' : 'Show'}
            icon={shown ? <EyeOff /> : <Eye />}
            variant="secondary"
            onClick={() => setShown(!shown)}
          />
          <Button
            icon={state === 'copied' ? <Check /> : <Copy />}
            onClick={() => {
              copy(secret);
              onCopied?.();
            }}
          >
            {state === 'copied' ? 'Copied' : 'Copy'}
          </Button>
        </div>
        <span role="status" className="text-sm text-negative empty:hidden">
          {state === 'failed' ? 'The browser refused. Show the value and copy it by hand.' : ''}
        </span>
      </div>
    </div>
  );
}
