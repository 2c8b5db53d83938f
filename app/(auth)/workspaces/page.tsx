import { ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Avatar } from '@/components/ui/avatar';
import { LinkButton } from '@/components/ui/link-button';
import { TextLink } from '@/components/ui/text-link';
import { handoverUrl } from '@/lib/domains/identity';
import { allTenantsOf } from '@/lib/domains/tenancy';
import { currentPerson } from '@/lib/transport/page-ctx';
import { AuthFrame } from '../_components/auth-frame';

export const metadata: Metadata = { title: 'Your organisations', robots: { index: false } };

export default async function WorkspacesPage() {
  const person = await currentPerson();
  if (!person) redirect('/sign-in?next=/workspaces');
  const tenants = await allTenantsOf(person.userId);
  return (
    <AuthFrame
      title="Your organisations"
      description={`Signed in as ${person.email}`}
      footer={<TextLink href="/sign-up">Create another organisation</TextLink>}
    >
      {tenants.length === 0 ? (
        <div className="grid gap-4">
          <p className="text-base text-muted">
            You don’t belong to an organisation yet. Create one, or open the link of an invitation.
          </p>
          <LinkButton href="/sign-up">Create an organisation</LinkButton>
        </div>
      ) : (
        <ul className="-mx-2 grid gap-1">
          {tenants.map((tenant) => (
            <li key={tenant.id}>
              <a
                href={handoverUrl(tenant.slug)}
                className="flex items-center gap-3 rounded-md p-2 text-default no-underline hover:bg-raised"
              >
                <Avatar name={tenant.name} shape="square" size="sm" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium text-strong">{tenant.name}</span>
                  <span className="block truncate text-muted text-sm">{tenant.slug}</span>
                </span>
                <ChevronRight aria-hidden="true" className="size-4 text-faint" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </AuthFrame>
  );
}
