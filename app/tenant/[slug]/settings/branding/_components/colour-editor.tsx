'use client';

import { useId, useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { updateBrandingAction } from '../../actions';
import { BrandPreview } from './brand-preview';
import { ColourField } from './colour-field';
import { ContrastFindings } from './contrast-findings';

/** The product's own colours, shown while a tenant has chosen none. */
const OWN = { accent: '#165db1', sidebar: '#f3f6f9' };
const COLOUR = /^#[0-9a-f]{6}$/i;

type Props = {
  name: string;
  accent: string | null;
  sidebar: string | null;
  logo: string | null;
  readOnly: boolean;
  /** The plan doesn't include branding: colours can be tried, not saved. */
  trialOnly: boolean;
};

/** Two colours, what they will look like, and what the contrast check says of them, while typing. */
export function ColourEditor({ name, accent, sidebar, logo, readOnly, trialOnly }: Props) {
  const [colours, setColours] = useState({
    accent: accent ?? OWN.accent,
    sidebar: sidebar ?? OWN.sidebar,
  });
  const reason = useId();
  const valid = COLOUR.test(colours.accent) && COLOUR.test(colours.sidebar);
  const change = (part: Partial<typeof colours>) => setColours({ ...colours, ...part });
  return (
    <Card>
      <CardHeader
        title="Colours"
        description="Buttons, links and the rail follow; text stays readable whatever you choose."
      />
      <CardBody className="grid gap-8 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <ActionForm action={updateBrandingAction} success="Colours saved">
          <ColourField
            name="accent"
            label="Accent"
            value={colours.accent}
            onChange={(value) => change({ accent: value })}
            disabled={readOnly}
          />
          <ColourField
            name="sidebar"
            label="Rail"
            value={colours.sidebar}
            onChange={(value) => change({ sidebar: value })}
            disabled={readOnly}
          />
          {valid ? <ContrastFindings accent={colours.accent} sidebar={colours.sidebar} /> : null}
          {readOnly ? (
            <p className="text-sm text-muted">Owners and admins can change the branding.</p>
          ) : (
            <FormActions>
              <Button variant="secondary" onClick={() => setColours(OWN)}>
                Use NeoZork’s colours
              </Button>
              <SubmitButton disabled={trialOnly} aria-describedby={trialOnly ? reason : undefined}>
                Save colours
              </SubmitButton>
            </FormActions>
          )}
          {trialOnly && !readOnly ? (
            <p id={reason} className="text-right text-sm text-muted">
              Your plan can’t save colours; Enterprise can.
            </p>
          ) : null}
        </ActionForm>
        {valid ? <BrandPreview name={name} logo={logo} colours={colours} /> : null}
      </CardBody>
    </Card>
  );
}
