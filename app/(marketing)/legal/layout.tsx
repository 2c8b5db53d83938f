import type { ReactNode } from 'react';
import { Prose } from '@/components/marketing/section';

export default function LegalLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-page px-4 pt-14 sm:px-6 sm:pt-20">
      <Prose>{children}</Prose>
    </div>
  );
}
