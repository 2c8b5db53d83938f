import { cn } from '../ui/class-names';

export interface ProductShotProps {
  /** Path of the picture in the light theme, below `public/`: "/shots/backtest-light.png". */
  light: string;
  dark: string;
  /** What can be seen on it. */
  alt: string;
  /** Pixels of the files; both alike. */
  width: number;
  height: number;
  caption?: string;
  /** Loads at once, for the first picture of a page. */
  eager?: boolean;
  className?: string;
}

/** A screenshot of the product, in the theme of the reader. */
export function ProductShot({
  light,
  dark,
  alt,
  width,
  height,
  caption,
  eager,
  className,
}: ProductShotProps) {
  const shared = { width, height, loading: eager ? 'eager' : 'lazy', decoding: 'async' } as const;
  const look = 'h-auto w-full';
  return (
    <figure className={className}>
      <div className="overflow-hidden rounded-lg border border-line shadow-lg">
        <img {...shared} src={light} alt={alt} className={cn(look, 'dark:hidden')} />
        <img {...shared} src={dark} alt={alt} className={cn(look, 'hidden dark:block')} />
      </div>
      {caption ? <figcaption className="mt-3 text-base text-muted">{caption}</figcaption> : null}
    </figure>
  );
}
