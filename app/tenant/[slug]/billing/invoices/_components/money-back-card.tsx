import type { ReactNode } from 'react';
import { DownloadPdf } from '@/components/billing/download-pdf';
import { Status, type Tone } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import type { MoneyBack } from '@/lib/domains/billing';

type Words = { tone: Tone; word: string };

const refundWords: Record<MoneyBack['refunds'][number]['status'], Words> = {
  pending: { tone: 'info', word: 'On its way' },
  succeeded: { tone: 'positive', word: 'Paid back' },
  failed: { tone: 'negative', word: 'Not taken by your bank' },
};

const disputeWords: Record<MoneyBack['disputes'][number]['status'], Words> = {
  inquiry: { tone: 'warning', word: 'Being asked about' },
  needs_response: { tone: 'warning', word: 'Open' },
  under_review: { tone: 'warning', word: 'Open' },
  won: { tone: 'neutral', word: 'Decided for us' },
  lost: { tone: 'neutral', word: 'Decided for you' },
  closed: { tone: 'neutral', word: 'Closed' },
};

function Row({
  amount,
  at,
  about,
  words,
  children,
}: {
  amount: MoneyBack['amount_refunded'];
  at: string;
  about: string;
  words: Words;
  children?: ReactNode;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0">
        <Money value={amount} className="font-medium text-strong" />
        <span className="block break-words">{about}</span>
        <DateTime value={at} style="date" className="text-sm text-muted" />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Status tone={words.tone}>{words.word}</Status>
        {children}
      </div>
    </li>
  );
}

/** What was paid back of an invoice, with its credit notes, and what is disputed; nothing where nothing is. */
export function MoneyBackCard({ back }: { back: MoneyBack }) {
  const { refunds, credit_notes: notes, disputes } = back;
  if (refunds.length + disputes.length === 0) return null;
  return (
    <Card>
      {refunds.length > 0 ? (
        <CardHeader
          title="Paid back"
          description="The invoice stays as it was issued; credit notes document what came back."
        />
      ) : (
        <CardHeader
          title="Disputed"
          description="This payment was disputed by its payer, at their bank or at PayPal."
        />
      )}
      <CardBody>
        <ul className="divide-y divide-line border-y border-line">
          {refunds.map((refund) => {
            const note = notes.find(({ id }) => id === refund.credit_note_id);
            return (
              <Row
                key={refund.id}
                amount={refund.amount}
                at={refund.created_at}
                about={refund.reason}
                words={refundWords[refund.status]}
              >
                {note ? (
                  <>
                    <span className="figures text-sm text-muted">{note.number}</span>
                    <DownloadPdf
                      of={`credit-notes/${note.id}`}
                      name={`credit-note-${note.number}`}
                      small
                    />
                  </>
                ) : null}
              </Row>
            );
          })}
          {disputes.map((dispute) => (
            <Row
              key={dispute.id}
              amount={dispute.amount}
              at={dispute.opened_at}
              about="Payment disputed by its payer"
              words={disputeWords[dispute.status]}
            />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
