import { notFound } from 'next/navigation';
import { heldPageCtx } from '@/lib/transport/page-ctx';

/** Any other address below a workspace: its own "not found", inside its shell. */
export default async function MissingPage({ params }: { params: Promise<{ slug: string }> }) {
  await heldPageCtx((await params).slug);
  notFound();
}
