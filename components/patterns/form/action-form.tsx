'use client';

import { useRouter } from 'next/navigation';
import {
  type ComponentProps,
  type ReactNode,
  startTransition,
  useActionState,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { cn } from '../../ui/class-names';
import { toast } from '../../ui/toast';
import { useShellTenant } from '../shell/shell-context';
import { FormContext } from './form-context';
import type { FormAction, FormOutcome, FormProblem, FormSuccess } from './form-outcome';
import { FormProblemNotice } from './form-problem-notice';

export interface ActionFormProps<T>
  extends Omit<ComponentProps<'form'>, 'action' | 'onSubmit' | 'children'> {
  /** A server action: `(previous, formData) => Promise<FormOutcome>`, as `defineAction` makes it. */
  action: FormAction<T>;
  /** Toast after success; an outcome's own `message` goes first. */
  success?: string;
  /** After success, before the outcome's `href` is followed. */
  onDone?: (data: T) => void;
  /** Empties the controls after success, for forms that stay on the page. */
  resetOnSuccess?: boolean;
  /** Path, in the tenant's area, that a refusal by plan leads to; `plan` is appended. */
  upgradePath?: string;
  /** Shows the refusal in another way, for instance with suggestions; return null for the usual notice. */
  renderProblem?: (problem: FormProblem) => ReactNode;
  children: ReactNode;
}

/**
 * A form over a server action: errors beside their controls and none swallowed, what was typed is kept,
 * a pending state, a toast, and the way onward. Works before hydration too, without the comforts.
 */
export function ActionForm<T>({
  action,
  success,
  onDone,
  resetOnSuccess = false,
  upgradePath = '/billing',
  renderProblem,
  className,
  children,
  ...rest
}: ActionFormProps<T>) {
  const onward = useOnward({ success, onDone });
  const [outcome, send, pending] = useActionState<FormOutcome<T> | null, FormData>(
    async (previous, data) => {
      // The outcome passed back is the one this very action gave.
      const next = await action(previous as never, data);
      // Not in an effect: the page that comes with the answer may have no such form any more.
      if (next.ok) onward(next);
      return next;
    },
    null,
  );
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const tenant = useShellTenant();
  const { names, register } = useNames();
  const problem = outcome && !outcome.ok ? outcome.problem : null;
  useAfterwards(outcome, { form, resetOnSuccess, setEdited });
  const state = useMemo(
    () => ({ pending, problem, edited, register }),
    [pending, problem, edited, register],
  );
  return (
    <form
      ref={form}
      action={send}
      noValidate
      className={cn('flex flex-col gap-5', className)}
      onChange={(event) => {
        const { name } = event.target as unknown as { name?: string };
        if (name && problem && !edited.has(name)) setEdited(new Set(edited).add(name));
      }}
      onSubmit={(event) => {
        // Sent by hand: React empties a form after its `action`, and then what was typed is gone.
        event.preventDefault();
        if (pending) return;
        const submitter = (event.nativeEvent as SubmitEvent).submitter;
        const data = new FormData(event.currentTarget, submitter);
        startTransition(() => send(data));
      }}
      {...rest}
    >
      {tenant ? <input type="hidden" name="__tenant" value={tenant} /> : null}
      <FormContext value={state}>
        {problem && !pending
          ? (renderProblem?.(problem) ?? (
              <FormProblemNotice problem={problem} names={names} upgradePath={upgradePath} />
            ))
          : null}
        {children}
      </FormContext>
    </form>
  );
}

function useNames() {
  const names = useRef(new Set<string>());
  const register = useCallback((name: string) => {
    names.current.add(name);
    return () => {
      names.current.delete(name);
    };
  }, []);
  return { names: names.current, register };
}

interface Onward<T> {
  success: string | undefined;
  onDone: ((data: T) => void) | undefined;
}

/** After success: toast, what the page does with it, and the way onward. */
function useOnward<T>(given: Onward<T>): (outcome: FormSuccess<T>) => void {
  const router = useRouter();
  const latest = useRef(given);
  latest.current = given;
  return ({ data, message, href }) => {
    const { success, onDone } = latest.current;
    const words = message ?? success;
    if (words) toast.success(words);
    onDone?.(data);
    if (!href) return;
    if (href.startsWith('/')) router.push(href);
    else window.location.assign(href);
  };
}

interface Afterwards {
  form: React.RefObject<HTMLFormElement | null>;
  resetOnSuccess: boolean;
  setEdited: (edited: ReadonlySet<string>) => void;
}

/** Once per outcome, in the form itself: emptied on success where asked for, else focus on the first fault. */
function useAfterwards<T>(outcome: FormOutcome<T> | null, after: Afterwards): void {
  const handled = useRef<FormOutcome<T> | null>(null);
  const latest = useRef(after);
  latest.current = after;
  useEffect(() => {
    if (!outcome || handled.current === outcome) return;
    handled.current = outcome;
    const { form, resetOnSuccess, setEdited } = latest.current;
    setEdited(new Set());
    if (!outcome.ok) {
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      );
      return;
    }
    if (resetOnSuccess) form.current?.reset();
  }, [outcome]);
}
