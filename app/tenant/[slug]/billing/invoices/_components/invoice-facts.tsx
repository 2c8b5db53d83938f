import { Card, CardBody } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import type { InvoiceDto } from '@/lib/domains/billing';
import { Fact } from '../../_components/fact';

function PartyFact({ label, party }: { label: string; party: InvoiceDto['seller'] }) {
  if (!party?.name) return null;
  const { name, address, tax_ids, email } = party;
  return (
    <Fact label={label}>
      {name}
      {[...address, ...tax_ids.map((id) => `Tax ID ${id}`), ...(email ? [email] : [])].map(
        (line) => (
          <span key={line} className="block text-muted">
            {line}
          </span>
        ),
      )}
    </Fact>
  );
}

const treatments = {
  reverse_charge: 'Reverse charge: you account for the tax',
  exempt: 'Exempt',
};

/** Who owes whom what, and since when. */
export function InvoiceFacts({ invoice }: { invoice: InvoiceDto }) {
  const { seller, buyer, issued_at, due_at, paid_at, period_start, period_end } = invoice;
  return (
    <Card>
      <CardBody>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
          <Fact label="Total">
            <Money value={invoice.total} className="text-md font-medium" />
          </Fact>
          <Fact label="Issued">
            <DateTime value={issued_at} style="date" />
          </Fact>
          <Fact label={paid_at ? 'Paid' : 'Due'}>
            <DateTime value={paid_at ?? due_at ?? issued_at} style="date" />
          </Fact>
          {period_start && period_end ? (
            <Fact label="Period">
              <DateTime value={period_start} style="date" /> –{' '}
              <DateTime value={period_end} style="date" />
            </Fact>
          ) : null}
          <PartyFact label="Billed to" party={buyer} />
          <PartyFact label="From" party={seller} />
          {buyer?.tax_treatment ? <Fact label="Tax">{treatments[buyer.tax_treatment]}</Fact> : null}
          {invoice.provider_number ? (
            <Fact label="Number at the payment provider">
              <span className="figures">{invoice.provider_number}</span>
            </Fact>
          ) : null}
        </dl>
      </CardBody>
    </Card>
  );
}
