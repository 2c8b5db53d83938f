import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { BillingDetailsDto } from '@/lib/domains/billing';
import {
  addressLines,
  countryCodes,
  countryName,
  taxIdKinds,
} from '@/lib/domains/billing/buyer/schemas';
import { BillingDetailsDialog } from './billing-details-dialog';

const countries = countryCodes
  .map((value) => ({ value, label: countryName(value) }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** Who invoices are made out to, and the form to change it. */
export function BillingDetailsCard({
  details,
  organisation,
  mayPay,
}: {
  details: BillingDetailsDto;
  /** The organisation’s own name, which stands on invoices where no company is named. */
  organisation: string;
  mayPay: boolean;
}) {
  const { company_name, address, tax_ids, being_changed } = details;
  return (
    <Card aria-label="Billing details">
      <CardHeader
        title="Billing details"
        description={
          being_changed
            ? 'The payment provider is yet to be told of the last change; it goes on by itself.'
            : 'Your invoices are made out to these. Those that were issued stay as they are.'
        }
        actions={mayPay ? <BillingDetailsDialog details={details} countries={countries} /> : null}
      />
      <CardBody>
        <dl className="grid gap-4 text-base sm:grid-cols-2">
          <div className="min-w-0">
            <dt className="text-sm text-muted">Billed to</dt>
            <dd className="break-words text-strong">
              {company_name ?? organisation}
              {(address ? addressLines(address) : []).map((line) => (
                <span key={line} className="block text-muted">
                  {line}
                </span>
              ))}
            </dd>
          </div>
          <div className="min-w-0">
            <dt className="text-sm text-muted">Tax ids</dt>
            <dd className="break-words text-strong">
              {tax_ids.length === 0 ? 'None' : null}
              {tax_ids.map(({ type, value }) => (
                <span key={`${type} ${value}`} className="block">
                  <span className="figures">{value}</span>{' '}
                  <span className="text-muted">{taxIdKinds[type].label}</span>
                </span>
              ))}
            </dd>
          </div>
        </dl>
      </CardBody>
    </Card>
  );
}
