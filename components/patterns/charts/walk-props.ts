import type { KeyboardEvent } from 'react';

/** The places of a chart that pointer and arrow keys walk through; none is active while nobody is at it. */
export interface Walk {
  length: number;
  active: number | null;
  onActive: (index: number | null) => void;
}

/** What makes an element a slider over the places of a chart. The caller names it and says what each place holds. */
export function walkProps({ length, active, onActive }: Walk) {
  const last = Math.max(length - 1, 0);
  const at = active ?? last;
  const leave = () => onActive(null);
  return {
    role: 'slider',
    tabIndex: 0,
    'aria-valuemin': 0,
    'aria-valuemax': last,
    'aria-valuenow': at,
    onBlur: leave,
    onPointerLeave: leave,
    onKeyDown: (event: KeyboardEvent) => {
      const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      onActive(Math.min(Math.max(target, 0), last));
    },
  } as const;
}
