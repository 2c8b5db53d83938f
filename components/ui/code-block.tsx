import { cn } from './class-names';
import { CopyButton } from './copy-button';

/** Code or a command, to be read and copied. */
export function CodeBlock({
  code,
  title,
  wrap = false,
  className,
}: {
  code: string;
  /** A file name, or what it does; stands in the head and completes "Copy …". */
  title?: string;
  wrap?: boolean;
  className?: string;
}) {
  return (
    <figure
      className={cn('min-w-0 overflow-hidden rounded-lg border border-line bg-panel', className)}
    >
      <figcaption className="flex h-9 items-center justify-between gap-3 border-b border-line bg-raised pr-1 pl-4 text-sm text-muted">
        <span className="truncate">{title ?? 'Code'}</span>
        <CopyButton text={code} what={title ? `“${title}”` : 'the code'} />
      </figcaption>
      <pre
        tabIndex={0}
        className={cn(
          'scrollbar-quiet overflow-x-auto px-4 py-3 font-mono text-sm text-default focus-visible:outline-offset-[-2px]',
          wrap && 'whitespace-pre-wrap break-words',
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
