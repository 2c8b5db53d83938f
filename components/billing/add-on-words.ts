/** "2 × extra members, 1 × extra storage", as operators read them. */
export const addOnWords = (addOns: readonly { key: string; quantity: number }[]): string =>
  addOns.map(({ key, quantity }) => `${quantity} × ${key.replaceAll('_', ' ')}`).join(', ');
