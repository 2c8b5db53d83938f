'use client';

import { FileUp, X } from 'lucide-react';
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cn } from '../ui/class-names';
import { formatBytes } from '../ui/figure-format';
import { IconButton } from '../ui/icon-button';
import { ProgressBar } from '../ui/progress';

export interface FileDropProps {
  /** "Drop a CSV file here, or choose one". */
  label: string;
  /** What is accepted, in words: "time, open, high, low, close, volume · up to 256 MB". */
  hint?: ReactNode;
  /** As the `accept` attribute: ".csv,text/csv". */
  accept?: string;
  maxBytes?: number;
  /** Sends with a plain form. */
  name?: string;
  onFile: (file: File | null) => void;
  /** 0…1 while uploading; null before and after. */
  progress?: number | null;
  onCancel?: () => void;
  error?: string | null;
  disabled?: boolean;
}

/** Takes one file by dropping or choosing, says at once when it can't be right, and shows the upload. */
export function FileDrop(props: FileDropProps) {
  const { label, hint, accept, maxBytes, onFile, progress = null, onCancel } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const error = refusal ?? props.error;
  const busy = progress !== null;
  const take = (next: File | null) => {
    const fault = next && faultOf(next, accept, maxBytes);
    setRefusal(fault);
    const taken = fault ? null : next;
    setFile(taken);
    if (!taken && input.current) input.current.value = '';
    onFile(taken);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files;
    if (busy || props.disabled || dropped.length === 0) return;
    if (input.current && props.name) input.current.files = dropped;
    take(dropped.item(0));
  };
  return (
    <div className="flex flex-col gap-2">
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={cn(
          'flex flex-col items-center gap-1 rounded-lg border border-dashed border-control bg-panel px-6 py-8 text-center transition-colors hover:bg-raised/60 has-focus-visible:outline-2 has-focus-visible:outline-focus',
          over && 'border-accent bg-accent-subtle',
          (busy || props.disabled) && 'pointer-events-none opacity-60',
        )}
      >
        <FileUp aria-hidden="true" className="mb-1 size-5 text-accent-text" />
        <span className="font-medium text-strong">{label}</span>
        {hint ? <span className="text-sm text-muted">{hint}</span> : null}
        <input
          ref={input}
          id={id}
          type="file"
          name={props.name}
          accept={accept}
          disabled={busy || props.disabled}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={(event) => take(event.target.files?.item(0) ?? null)}
          className="sr-only"
        />
      </label>
      {file ? (
        <div className="flex items-center gap-3 rounded-md border border-line bg-panel py-2 pr-2 pl-3">
          <div className="min-w-0 flex-1">
            <div className="flex justify-between gap-3 text-sm">
              <span className="truncate font-medium text-strong">{file.name}</span>
              <span className="figures shrink-0 text-muted">
                {busy ? `${Math.floor(progress * 100)}% of ` : ''}
                {formatBytes(file.size)}
              </span>
            </div>
            {busy ? (
              <ProgressBar label={`Uploading ${file.name}`} value={progress} className="mt-1.5" />
            ) : null}
          </div>
          {busy && !onCancel ? null : (
            <IconButton
              size="sm"
              label={busy ? 'Cancel the upload' : 'Remove the file'}
              icon={<X />}
              onClick={() => (busy ? onCancel?.() : take(null))}
            />
          )}
        </div>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-sm text-negative">
          {error}
        </p>
      ) : null}
    </div>
  );
}

function faultOf(
  file: File,
  accept: string | undefined,
  maxBytes: number | undefined,
): string | null {
  if (file.size === 0) return `“${file.name}” is empty.`;
  if (maxBytes !== undefined && file.size > maxBytes) {
    return `“${file.name}” has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} can be taken. Split it by date and upload the parts.`;
  }
  const endings = accept
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part.startsWith('.'));
  if (endings?.length && !endings.some((ending) => file.name.toLowerCase().endsWith(ending))) {
    return `“${file.name}” is not a ${endings.join(' or ')} file.`;
  }
  return null;
}
