import { cn } from './class-names';

const sizes = { sm: 'size-6 text-xs', md: 'size-8 text-sm', lg: 'size-12 text-md' } as const;

/** A person's or organisation's picture, or the initials of its name. Purely visual: print the name too. */
export function Avatar({
  name,
  src,
  size = 'md',
  shape = 'round',
  className,
}: {
  name: string;
  src?: string | null | undefined;
  size?: keyof typeof sizes;
  /** Round for people, square for organisations. */
  shape?: 'round' | 'square';
  className?: string;
}) {
  const look = cn(
    'grid shrink-0 place-items-center overflow-hidden bg-accent-subtle font-medium text-accent-text',
    shape === 'round' ? 'rounded-full' : 'rounded-md',
    sizes[size],
    className,
  );
  if (src) {
    // A tenant's upload of any size and host: the image optimiser has no business with it.
    return <img src={src} alt="" className={cn(look, 'object-cover')} />;
  }
  return (
    <span aria-hidden="true" className={look}>
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((w) => Array.from(w ?? '?')[0]?.toUpperCase() ?? '?').join('');
}
