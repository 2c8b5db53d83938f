import type { Problem } from './error-map';
import { jsonAnswer } from './weigh-answer';

/** A problem document with the headers that its status asks for. */
export function problemAnswer(problem: Problem): Response {
  return jsonAnswer(problem, problem.status, problemHeaders(problem));
}

export function problemHeaders(problem: Problem): Record<string, string> {
  const wait = problem.retry_after;
  return {
    'content-type': 'application/problem+json',
    ...(typeof wait === 'number' ? { 'Retry-After': String(wait) } : {}),
    ...(problem.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  };
}
