import type { FieldError } from './errors';

/** What a form's server action answers; the form pattern shows it. */
export type ActionState<T = unknown> =
  | { status: 'idle' }
  | { status: 'ok'; data: T; redirectTo?: string }
  | {
      status: 'error';
      code: string;
      detail: string;
      errors: FieldError[];
      /** The plan that lifts the limit or has the feature. */
      upgradeTo: string | null;
      /** What support asks for. */
      reference: string;
      /** What was typed, without secrets, so that nothing has to be typed twice. */
      values: Record<string, string>;
    };
