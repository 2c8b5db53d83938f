import type { z } from 'zod';
import { inputMessage } from '@/lib/kernel/input-messages';
import type { StrategyDefinition } from './definition-shape';
import { type FaultCode, formatPath, type StrategyError } from './fault';
import { LIMITS } from './limits';
import { strategyDefinitionSchema } from './schema';

export type StrategyValidation =
  | { readonly ok: true; readonly definition: StrategyDefinition }
  | { readonly ok: false; readonly errors: readonly StrategyError[] };

/** Checks any value as a strategy document. Never throws; the definition comes back with defaults filled in. */
export function validateStrategy(value: unknown): StrategyValidation {
  const parsed = strategyDefinitionSchema.safeParse(value, {
    reportInput: true,
    error: inputMessage,
  });
  if (parsed.success) return { ok: true, definition: parsed.data };
  return { ok: false, errors: strategyErrors(parsed.error) };
}

function strategyErrors(error: z.ZodError): StrategyError[] {
  return error.issues.flatMap(renderIssue).slice(0, LIMITS.errors);
}

function renderIssue(issue: z.core.$ZodIssue): StrategyError[] {
  const path = formatPath(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: formatPath([...issue.path, key]),
        code: 'unknown_field' as const,
        message: `There is no field "${key.slice(0, 40)}" here.`,
      }));
    case 'invalid_type':
      return [renderTypeIssue(issue, path)];
    case 'invalid_key':
      return [
        {
          path,
          code: 'invalid_name',
          message: issue.issues[0]?.message ?? 'This name is not allowed.',
        },
      ];
    case 'too_big':
    case 'too_small':
      return [{ path, code: 'out_of_range', message: issue.message }];
    case 'invalid_union': {
      const message = 'Expected a number or the name of a parameter such as "$fast".';
      return [{ path, code: 'invalid_type', message }];
    }
    case 'custom': {
      const code: unknown = issue.params?.code;
      return [{ path, code: isFaultCode(code) ? code : 'invalid_value', message: issue.message }];
    }
    default:
      return [{ path, code: 'invalid_value', message: issue.message }];
  }
}

function renderTypeIssue(issue: z.core.$ZodIssueInvalidType, path: string): StrategyError {
  if (issue.input === undefined) {
    return { path, code: 'required', message: issue.message };
  }
  if (issue.expected === 'number' && typeof issue.input === 'number') {
    return { path, code: 'not_finite', message: 'A number has to be finite.' };
  }
  return { path, code: 'invalid_type', message: issue.message };
}

function isFaultCode(code: unknown): code is FaultCode {
  return typeof code === 'string';
}
