/** Why a document is refused; stable, for programs. */
export type FaultCode =
  | 'invalid_type'
  | 'required'
  | 'unknown_field'
  | 'invalid_name'
  | 'reserved_name'
  | 'unknown_name'
  | 'unknown_indicator'
  | 'unknown_operator'
  | 'unknown_output'
  | 'wrong_arity'
  | 'type_mismatch'
  | 'range_upside_down'
  | 'default_out_of_range'
  | 'out_of_range'
  | 'not_integer'
  | 'not_finite'
  | 'look_ahead'
  | 'division_by_zero'
  | 'circular_reference'
  | 'too_deep'
  | 'too_big'
  | 'no_entry'
  | 'invalid_value';

export type FaultPath = readonly (string | number)[];

/** One fault of a document and where it lies. */
export interface Fault {
  readonly path: FaultPath;
  readonly code: FaultCode;
  readonly message: string;
}

/** A fault as the API shows it: `path` reads `entry.long.crosses_above[0]`. */
export interface StrategyError {
  readonly path: string;
  readonly code: FaultCode;
  readonly message: string;
}

export function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}
