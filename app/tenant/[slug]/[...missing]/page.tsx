import { notFound } from 'next/navigation';
import { pageCtx } from '@/lib/transport/page-ctx';

/** Any other address below a workspace: its own "not found", inside its shell. */
export default async function MissingPage({ params }: { params: Promise<{ slug: string }> }) {
  await pageCtx((await params).slug);
  notFound();
}
