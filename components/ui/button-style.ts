import { cn } from './class-names';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'link';
export type ButtonSize = 'sm' | 'md' | 'lg';

const base =
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:shrink-0';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent shadow-sm hover:bg-accent-hover',
  secondary:
    'border border-line-strong bg-panel text-strong shadow-sm hover:bg-raised active:bg-raised',
  ghost: 'text-default hover:bg-raised hover:text-strong',
  danger:
    'bg-negative-fill text-on-negative shadow-sm hover:brightness-95 dark:hover:brightness-110',
  link: 'h-auto! rounded-sm p-0! text-accent-text underline-offset-4 hover:underline',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 px-2.5 text-sm [&_svg]:size-3.5',
  md: 'h-9 px-3.5 text-base [&_svg]:size-4',
  lg: 'h-11 px-5 text-md [&_svg]:size-4.5',
};

/** Classes of a button; for an element that must look like one but is something else. */
export function buttonStyle(
  variant: ButtonVariant = 'primary',
  size: ButtonSize = 'md',
  className?: string,
): string {
  return cn(base, sizes[size], variants[variant], className);
}
