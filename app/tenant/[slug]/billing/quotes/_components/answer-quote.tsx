'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { QueryAnswer } from '@/components/patterns/query-answer';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { apiFetch } from '@/lib/client/api-fetch';
import { quoteConsequence } from '@/lib/domains/billing/quotes/schemas';
import { acceptQuoteAction, declineQuoteAction } from '../actions';
import { Consequence } from './consequence';

interface AnswerProps {
  id: string;
  number: string;
  revision: number;
}

/** Says what accepting does and costs, worked out when it is opened, and does it. */
export function AcceptQuote({
  id,
  number,
  revision,
  planNames,
}: AnswerProps & { planNames: Record<string, string> }) {
  const [open, setOpen] = useState(false);
  const tenant = useShellTenant() ?? '';
  const query = useQuery({
    queryKey: ['billing', 'acceptance', tenant, id, revision],
    enabled: open,
    staleTime: 0,
    queryFn: ({ signal }) =>
      apiFetch(`/quotes/${id}/acceptance`, quoteConsequence, { tenant, signal }),
  });
  const ready = query.data !== undefined && query.data.kind !== 'blocked';
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Accept quote</Button>
      </DialogTrigger>
      <DialogContent
        title={`Accept quote ${number}?`}
        description="You accept for the whole organisation, and it is binding."
      >
        <ActionForm action={acceptQuoteAction} onDone={() => setOpen(false)}>
          <QueryAnswer query={query} failed="What it does could not be worked out">
            {(consequence) => <Consequence consequence={consequence} planNames={planNames} />}
          </QueryAnswer>
          <input type="hidden" name="quote_id" value={id} />
          <input type="hidden" name="revision" value={revision} />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Not yet</Button>
            </DialogClose>
            <SubmitButton disabled={!ready}>Accept quote</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Turns it down, with a word why. */
export function DeclineQuote({ id, number, revision }: AnswerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Decline</Button>
      </DialogTrigger>
      <DialogContent
        title={`Decline quote ${number}?`}
        description="Your plan stays as it is. You can ask for another quote afterwards."
      >
        <ActionForm action={declineQuoteAction} onDone={() => setOpen(false)}>
          <input type="hidden" name="quote_id" value={id} />
          <input type="hidden" name="revision" value={revision} />
          <TextareaField
            name="reason"
            label="What would have to be different?"
            optional
            rows={3}
            maxLength={500}
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Keep it open</Button>
            </DialogClose>
            <SubmitButton variant="danger">Decline quote</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
