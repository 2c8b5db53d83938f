/** Whole Unix seconds, as payment providers and the billing engine count time; what is less than one is dropped. */
export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The instant of so many Unix seconds. */
export const dateOf = (seconds: number): Date => new Date(seconds * 1000);
