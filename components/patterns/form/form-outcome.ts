/** What a server action gives back to its form, and how the form reads it. */

export interface FieldFault {
  /** The control's name: "name", "prices.monthly". */
  path: string;
  code: string;
  message: string;
}

/** The parts of a problem document (RFC 9457) that a form shows. */
export interface FormProblem {
  code: string;
  /** What happened, why, and what to do next. */
  detail: string;
  request_id?: string | undefined;
  errors?: readonly FieldFault[] | undefined;
  [extra: string]: unknown;
}

/** `href`: where to go after success; the browser navigates, since a redirect from an action loses the tenant's host. */
export type FormOutcome<T = unknown> =
  | { ok: true; data: T; message?: string | undefined; href?: string | undefined }
  | { ok: false; problem: FormProblem };

export type FormSuccess<T> = Extract<FormOutcome<T>, { ok: true }>;

/**
 * A server action as the form takes it. What it does with its previous outcome is its own affair, hence
 * `never`: actions whose outcome says more than a form shows fit as well.
 */
export type FormAction<T = unknown> = (previous: never, data: FormData) => Promise<FormOutcome<T>>;

/** The message for one control, unless the reader has changed it since. */
export function faultOf(
  problem: FormProblem | null,
  path: string,
  edited: ReadonlySet<string>,
): string | null {
  if (!problem || edited.has(path)) return null;
  return problem.errors?.find((fault) => fault.path === path)?.message ?? null;
}

/** Faults that belong to no control of the form, so that none is ever swallowed. */
export function strayFaults(
  problem: FormProblem,
  names: ReadonlySet<string>,
): readonly FieldFault[] {
  return (problem.errors ?? []).filter((fault) => !names.has(fault.path));
}
