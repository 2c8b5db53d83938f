'use client';

import { useState } from 'react';
import { FileDrop } from '@/components/patterns/file-drop';
import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { removeLogoAction, uploadLogoAction } from '../../actions';

type Props = { variant: 'light' | 'dark'; path: string | null; readOnly: boolean };

const words = {
  light: { title: 'Logo', description: 'For light surfaces, e-mails and your sign-in page.' },
  dark: { title: 'Logo for the dark theme', description: 'Without one, the logo serves both.' },
};

export function LogoCard({ variant, path, readOnly }: Props) {
  const [file, setFile] = useState<File | null>(null);
  return (
    <Card>
      <CardHeader {...words[variant]} />
      <CardBody className="grid gap-5">
        {path ? (
          <div
            className={`${variant === 'dark' ? 'dark' : ''} grid h-24 place-items-center rounded-md border border-line bg-panel p-4`}
          >
            {/* A tenant's own file, already small and served as it is. */}
            <img
              src={path}
              alt={words[variant].title}
              className="max-h-16 max-w-full object-contain"
            />
          </div>
        ) : null}
        {readOnly ? null : (
          <ActionForm action={uploadLogoAction} success="Logo saved" onDone={() => setFile(null)}>
            <input type="hidden" name="variant" value={variant} />
            <FileDrop
              key={path ?? 'none'}
              name="logo"
              label="Drop an image here, or choose one"
              hint="PNG, JPEG, WebP or SVG · up to 512 KB · 16 to 4,096 pixels a side"
              accept=".png,.jpg,.jpeg,.webp,.svg,image/png,image/jpeg,image/webp,image/svg+xml"
              maxBytes={512 * 1024}
              onFile={setFile}
            />
            {file ? (
              <FormActions>
                <SubmitButton>Use this logo</SubmitButton>
              </FormActions>
            ) : null}
          </ActionForm>
        )}
        {path && !readOnly ? (
          <ActionForm action={removeLogoAction} success="Logo removed">
            <input type="hidden" name="variant" value={variant} />
            <FormActions>
              <SubmitButton variant="secondary">Remove logo</SubmitButton>
            </FormActions>
          </ActionForm>
        ) : null}
      </CardBody>
    </Card>
  );
}
