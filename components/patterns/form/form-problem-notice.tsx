'use client';

import { buttonStyle } from '../../ui/button-style';
import { Callout } from '../../ui/callout';
import { UpgradeCallout } from '../upgrade-callout';
import { type FormProblem, strayFaults } from './form-outcome';

/** The refusal as a whole, and every fault that has no control of its own. */
export function FormProblemNotice({
  problem,
  names,
  upgradePath,
}: {
  problem: FormProblem;
  names: ReadonlySet<string>;
  upgradePath: string;
}) {
  if (typeof problem.upgrade_to === 'string') {
    return (
      <UpgradeCallout
        stopped
        plan={problem.upgrade_to}
        path={upgradePath}
        message={problem.detail}
      />
    );
  }
  const stray = strayFaults(problem, names);
  // The problem as a whole may be that very fault, in the same words.
  const further = stray.filter(({ message }) => message !== problem.detail);
  const shown = (problem.errors?.length ?? 0) - stray.length;
  const title =
    shown > 0 && stray.length === 0
      ? `Please check ${shown === 1 ? 'the marked field' : `the ${shown} marked fields`}`
      : 'That did not work';
  return (
    <Callout
      tone="negative"
      announce
      title={title}
      actions={
        typeof problem.pay_url === 'string' ? (
          <a href={problem.pay_url} className={buttonStyle('primary', 'sm')}>
            Pay the invoice
          </a>
        ) : null
      }
    >
      {shown > 0 && stray.length === 0 ? null : <p>{problem.detail}</p>}
      {further.length > 0 ? (
        <ul className="mt-1 list-disc pl-4">
          {further.map((fault) => (
            <li key={`${fault.path} ${fault.code}`}>
              {fault.path ? <code className="font-mono text-xs">{fault.path}</code> : null}{' '}
              {fault.message}
            </li>
          ))}
        </ul>
      ) : null}
      {problem.code === 'internal_error' && problem.request_id ? (
        <p className="mt-1">
          Reference <code className="font-mono">{problem.request_id}</code>
        </p>
      ) : null}
    </Callout>
  );
}
