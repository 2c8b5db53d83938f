'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { useShellHref } from '@/components/patterns/shell/shell-context';
import { isRecord } from '@/components/trading/definition-parts';
import { strategySentences } from '@/components/trading/strategy-words';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs';
import { createStrategyAction, saveStrategyAction } from '../actions';
import { RulesField } from './rules-field';
import { SettingsFields } from './settings-fields';

type Props = {
  /** Absent for a new strategy. */
  id?: string;
  /** The latest version, which saving must not overwrite unseen. */
  version?: number;
  name: string;
  definition: Record<string, unknown>;
  readOnly?: boolean;
};

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Edits a strategy in two views of one document: figures in a form, rules as JSON. What it does stands beside it in
 * plain words, and changes as one types.
 */
export function StrategyEditor({ id, version, name, definition, readOnly = false }: Props) {
  const router = useRouter();
  const href = useShellHref();
  const [text, setText] = useState(() => JSON.stringify(definition, null, 2));
  const document = parsed(text);
  return (
    <ActionForm
      action={id === undefined ? createStrategyAction : saveStrategyAction}
      onDone={(saved) => router.push(href(`/strategies/${saved.id}`))}
      renderProblem={(problem) => (problem.code === 'invalid_strategy' ? <RulesNotice /> : null)}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-5">
          {id === undefined ? null : (
            <>
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="expected_version" value={version} />
            </>
          )}
          <TextField
            name="name"
            label="Name"
            defaultValue={name}
            maxLength={100}
            required
            readOnly={readOnly}
          />
          <Tabs defaultValue="settings">
            <TabList aria-label="Views of the strategy">
              <Tab value="settings">Settings</Tab>
              <Tab value="rules">Rules (JSON)</Tab>
            </TabList>
            <TabPanel value="settings">
              {document ? (
                <SettingsFields
                  document={document}
                  readOnly={readOnly}
                  onChange={(next) => setText(JSON.stringify(next, null, 2))}
                />
              ) : (
                <p className="text-base text-muted">
                  The rules are not readable JSON at the moment. Mend them under “Rules (JSON)”.
                </p>
              )}
            </TabPanel>
            {/* Kept while hidden: its text is what is sent, and its faults are shown. */}
            <TabPanel value="rules" forceMount className="data-[state=inactive]:hidden">
              <RulesField text={text} onChange={setText} readOnly={readOnly} />
            </TabPanel>
          </Tabs>
          {readOnly ? null : (
            <FormActions>
              <SubmitButton>
                {id === undefined ? 'Save strategy' : 'Save as next version'}
              </SubmitButton>
            </FormActions>
          )}
        </div>
        <Summary document={document} />
      </div>
    </ActionForm>
  );
}

/** The faults themselves stand at the rules, each with its line. */
function RulesNotice() {
  return (
    <Callout tone="negative" announce title="The strategy is not saved yet">
      Its figures or rules have faults. Figures out of range are marked; under “Rules (JSON)” each
      fault is named with its line.
    </Callout>
  );
}

function Summary({ document }: { document: Record<string, unknown> | null }) {
  return (
    <Card className="lg:sticky lg:top-20">
      <CardHeader title="In plain words" />
      <CardBody>
        {document ? (
          <ul className="grid list-disc gap-2 pl-4 text-base">
            {strategySentences(document).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        ) : (
          <p className="text-muted">Appears again when the rules can be read.</p>
        )}
        <p className="mt-4 text-sm text-muted">
          Rules are looked at on the close of each bar; orders fill at the open of the next.
        </p>
      </CardBody>
    </Card>
  );
}
