/** "25 December 2026", on one line. */
export const writeDay = (date: string) =>
  new Date(date)
    .toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
    .replaceAll(' ', '\u00a0');
