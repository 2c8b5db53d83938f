'use client';

import { useContext, useMemo, useRef } from 'react';
import { FormContext, useFault } from '@/components/patterns/form/form-context';
import { jsonLines, lineOf, syntaxLine } from '@/components/trading/json-lines';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';

type Fault = { line: number | null; path: string; message: string };

const PREFIX = 'definition.';

type Props = { text: string; onChange: (text: string) => void; readOnly: boolean };

/** The document as text. Every fault names its line; pressing one goes there. */
export function RulesField({ text, onChange, readOnly }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const own = useFault('definition');
  const faults = useFaults(text);
  const goTo = (line: number) => {
    const element = area.current;
    if (!element) return;
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    element.focus();
    element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    element.scrollTop = (line - 4) * Number.parseFloat(getComputedStyle(element).lineHeight);
  };
  return (
    <div className="grid gap-4">
      {faults.length > 0 ? (
        <Callout
          tone="negative"
          title={`${faults.length === 1 ? 'A fault' : 'Faults'} in the rules`}
        >
          <ul className="grid gap-1">
            {faults.map(({ line, path, message }) => (
              <li key={`${path} ${message}`}>
                {line === null ? null : (
                  <button
                    type="button"
                    onClick={() => goTo(line)}
                    className="mr-1.5 font-medium text-accent-text underline underline-offset-4"
                  >
                    Line {line}
                  </button>
                )}
                {path ? <code className="mr-1.5 font-mono text-xs">{path}</code> : null}
                {message}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <Field
        label="Rules"
        error={own}
        hint="The strategy language: indicators, entry, exit, protect, size."
      >
        <Textarea
          ref={area}
          name="definition"
          code
          rows={28}
          value={text}
          readOnly={readOnly}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    </div>
  );
}

/** Faults of the text as it stands, else those that the server found when it was sent. */
function useFaults(text: string): Fault[] {
  const form = useContext(FormContext);
  const syntax = useMemo(() => syntaxFault(text), [text]);
  const lines = useMemo(() => jsonLines(text), [text]);
  if (syntax) return [syntax];
  if (form?.edited.has('definition')) return [];
  return (form?.problem?.errors ?? [])
    .filter(({ path }) => path.startsWith(PREFIX))
    .map(({ path, message }) => {
      const inner = path.slice(PREFIX.length);
      return { line: lineOf(lines, inner), path: inner, message };
    });
}

function syntaxFault(text: string): Fault | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return { line: syntaxLine(text, reason), path: '', message: `Not readable as JSON. ${reason}` };
  }
}
