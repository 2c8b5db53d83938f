export const consoleFolder = '/app/admin/(console)';

export type Fields = Record<string, string>;

/** Fields as a form would send them, and the roles that may. */
export type ConsoleCase = {
  fields: () => Fields | Promise<Fields>;
  roles: string[];
  /** What those are told: 409 where the subscription, which no provider has, stands in the way. */
  told?: number;
};

/** By the action's file and name. Null: for whoever signs in, at that stage. */
export type ConsoleCases = Record<string, ConsoleCase | null>;
