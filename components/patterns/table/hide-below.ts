import type { PlainColumn } from './table-types';

const classes = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden' } as const;

/** The class of a column's cells that leaves them out on narrow screens. */
export const hideBelow = ({ hideBelow: width }: Pick<PlainColumn<never>, 'hideBelow'>) =>
  width && classes[width];
