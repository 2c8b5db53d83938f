import Link from 'next/link';
import { cn } from '@/components/ui/class-names';

type Preset = { id: string; title: string; description: string };
type Props = {
  presets: readonly Preset[];
  chosen: string;
  /** Address of the page, to which the choice is added. */
  here: string;
};

/** What a new strategy begins as, with what each is good and bad at. */
export function PresetPicker({ presets, chosen, here }: Props) {
  return (
    <nav
      aria-label="Presets"
      className="scrollbar-quiet -mx-4 mb-6 flex snap-x scroll-px-4 gap-3 overflow-x-auto px-4 pb-1 sm:mx-0 sm:grid sm:grid-cols-2 sm:overflow-visible sm:px-0 xl:grid-cols-4"
    >
      {presets.map(({ id, title, description }) => (
        <Link
          key={id}
          href={`${here}?preset=${id}`}
          scroll={false}
          aria-current={id === chosen ? 'page' : undefined}
          className={cn(
            'flex w-64 shrink-0 snap-start flex-col gap-1 rounded-lg border bg-panel p-4 transition-colors sm:w-auto',
            id === chosen
              ? 'border-accent ring-1 ring-accent'
              : 'border-line hover:border-line-strong hover:bg-raised/60',
          )}
        >
          <span className="font-medium text-base text-strong">{title}</span>
          <span className="text-muted text-sm">{description}</span>
        </Link>
      ))}
    </nav>
  );
}
