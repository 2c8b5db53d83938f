import type { ComponentProps, ReactNode } from 'react';
import { type ButtonVariant, buttonStyle } from './button-style';
import { cn } from './class-names';
import { Spinner } from './spinner';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What it does, for screen readers and as the hover title. */
  label: string;
  icon: ReactNode;
  variant?: Extract<ButtonVariant, 'primary' | 'secondary' | 'ghost' | 'danger'>;
  size?: 'sm' | 'md';
  pending?: boolean;
}

/** A square button with an icon alone; the label is obligatory. */
export function IconButton({
  label,
  icon,
  variant = 'ghost',
  size = 'md',
  pending = false,
  className,
  disabled,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      aria-busy={pending || undefined}
      disabled={disabled || pending}
      className={buttonStyle(
        variant,
        size,
        cn(size === 'sm' ? 'w-7 px-0' : 'w-9 px-0', variant === 'ghost' && 'text-muted', className),
      )}
      {...rest}
    >
      {pending ? <Spinner label={null} /> : icon}
    </button>
  );
}
