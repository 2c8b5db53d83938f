'use client';

import { useEffect, useState } from 'react';
import { useFault } from '@/components/patterns/form/form-context';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type AddressVerdict, checkAddressAction } from '../actions';

/** Waits until the person stops typing, in ms. */
const PAUSE = 350;

/** Address as it would be made of a name; the server has the last word. */
const ofName = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');

/** The subdomain: follows the organisation's name until it is edited, and says at once whether it is free. */
export function AddressField({
  organisation,
  rootHost,
}: {
  organisation: string;
  rootHost: string;
}) {
  const fault = useFault('slug');
  const [edited, setEdited] = useState<string | null>(null);
  const slug = edited ?? ofName(organisation);
  const verdict = useVerdict(slug);
  const refusal = verdict && verdict.state !== 'free' ? verdict : null;
  const error = fault ?? refusal?.message ?? null;
  return (
    <Field
      label="Address"
      error={error}
      hint={hintOf(verdict, error !== null)}
      after={
        refusal?.suggestions.length ? (
          <p className="flex flex-wrap items-center gap-2 text-muted text-sm">
            Free:
            {refusal.suggestions.map((free) => (
              <Button key={free} variant="secondary" size="sm" onClick={() => setEdited(free)}>
                {free}
              </Button>
            ))}
          </p>
        ) : null
      }
    >
      <Input
        name="slug"
        value={slug}
        onChange={(event) => setEdited(event.target.value.toLowerCase().trim())}
        suffix={`.${rootHost}`}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={63}
        required
      />
    </Field>
  );
}

/** With an error above it a hint about the same thing is one too many. */
function hintOf(verdict: AddressVerdict | null, faulty: boolean): string | null {
  if (faulty) return null;
  return verdict?.state === 'free'
    ? 'This address is free.'
    : 'Where your team opens the dashboard.';
}

function useVerdict(slug: string): AddressVerdict | null {
  const [verdict, setVerdict] = useState<(AddressVerdict & { slug: string }) | null>(null);
  useEffect(() => {
    if (slug.length < 3) return;
    let current = true;
    const check = async () => {
      const form = new FormData();
      form.set('slug', slug);
      const outcome = await checkAddressAction(null, form);
      // A check that fails says nothing about the address; signing up checks again.
      if (current && outcome.ok) setVerdict({ ...outcome.data, slug });
    };
    const timer = setTimeout(() => void check(), PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [slug]);
  return verdict?.slug === slug ? verdict : null;
}
