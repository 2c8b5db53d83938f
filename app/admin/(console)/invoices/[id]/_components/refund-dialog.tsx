'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { NumberField, TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Money } from '@/components/ui/figures';
import { RadioGroup } from '@/components/ui/radio-group';
import type { Money as MoneyValue } from '@/lib/kernel/money';
import { requestRefundAction } from '../../../refunds/actions';

type Props = {
  /** Names what this page asks for, so that asking twice gives back once. */
  requestKey: string;
  invoiceId: string;
  number: string;
  left: MoneyValue;
  /** From this amount on a second operator is needed. */
  secondFrom: MoneyValue;
};

/** What was typed, in minor units; 0 while it isn't an amount. */
const typed = (text: string) => Math.round(Number(text.replace(',', '.')) * 100) || 0;

function SecondOperator({ secondFrom }: Pick<Props, 'secondFrom'>) {
  return (
    <Callout tone="warning" title="A second operator has to approve this">
      {secondFrom.amount === 0 ? (
        'Nothing more of this invoice can be let go by one operator alone. '
      ) : (
        <>
          Of this invoice, refunds of <Money value={secondFrom} /> or more need somebody else’s
          approval.{' '}
        </>
      )}
      It waits under Refunds until a colleague of finance or an administrator approves it; you can
      take it back there.
    </Callout>
  );
}

/** Is there while the dialog is open only, so that each one starts afresh. */
function RefundForm({
  requestKey,
  invoiceId,
  left,
  secondFrom,
  onDone,
}: Omit<Props, 'number'> & { onDone: () => void }) {
  const [share, setShare] = useState<'all' | 'part'>('all');
  const [text, setText] = useState('');
  const amount = share === 'all' ? left.amount : typed(text);
  const second = amount >= secondFrom.amount;
  return (
    <ActionForm action={requestRefundAction} onDone={onDone}>
      <input type="hidden" name="request_key" value={requestKey} />
      <input type="hidden" name="invoice_id" value={invoiceId} />
      <input type="hidden" name="currency" value={left.currency} />
      <RadioGroup
        legend="How much"
        name="share"
        options={[
          {
            value: 'all',
            label: 'All that is left',
            description: <Money value={left} />,
          },
          { value: 'part', label: 'A part of it' },
        ]}
        value={share}
        onChange={setShare}
      />
      {share === 'part' ? (
        <NumberField
          name="amount"
          label="Amount"
          hint={
            <>
              At most <Money value={left} />.
            </>
          }
          suffix={left.currency.toUpperCase()}
          value={text}
          onChange={(event) => setText(event.target.value)}
          required
        />
      ) : null}
      <TextareaField
        name="reason"
        label="Reason"
        hint="Stands on the credit note and in the tenant’s own audit log."
        rows={3}
        required
      />
      {second ? <SecondOperator secondFrom={secondFrom} /> : null}
      <FormActions sticky>
        <DialogClose asChild>
          <Button variant="secondary">Keep the money</Button>
        </DialogClose>
        <SubmitButton variant="danger">{second ? 'Ask for refund' : 'Refund'}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** Asks how much is given back and why, and says beforehand whether one operator is enough. */
export function RefundDialog({ number, ...of }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Refund</Button>
      </DialogTrigger>
      <DialogContent
        title={`Give money of ${number} back`}
        description="To the payment method it was paid with. A credit note is issued when it is done, and whom the invoice is made out to gets a mail."
      >
        <RefundForm {...of} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
