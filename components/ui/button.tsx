import type { ComponentProps, ReactNode } from 'react';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style';
import { Spinner } from './spinner';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once a page; `danger` only for what can't be undone. */
  variant?: ButtonVariant;
  /** 28, 36 or 44 px high. */
  size?: ButtonSize;
  /** Shows a spinner, keeps the width and refuses clicks while something runs. */
  pending?: boolean;
  /** A Lucide icon element before the label. */
  icon?: ReactNode;
}

/** A button with a verb on it ("Start back-test"). `type` is `button` unless told otherwise. */
export function Button({
  variant = 'primary',
  size = 'md',
  pending = false,
  icon,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonStyle(variant, size, className)}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      {...rest}
    >
      {pending ? <Spinner label={null} /> : icon}
      {children}
    </button>
  );
}
