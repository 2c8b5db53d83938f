import { notFound } from 'next/navigation';
import { operatorPage } from '@/lib/transport/operator-page';

/** Any other address of the console: its own "not found", inside its shell. */
export default async function MissingPage() {
  await operatorPage();
  notFound();
}
