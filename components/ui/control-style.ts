/** The look that text controls share: input, textarea, select. */
export const controlStyle =
  'w-full min-w-0 rounded-md border border-control bg-panel px-3 text-base text-strong transition-[border-color,box-shadow] hover:border-muted focus:border-focus focus:outline-2 focus:outline-offset-0 focus:outline-focus/35 disabled:cursor-not-allowed disabled:border-line disabled:bg-raised disabled:text-muted aria-invalid:border-negative-fill aria-invalid:focus:outline-negative-fill/35 max-sm:text-md';
