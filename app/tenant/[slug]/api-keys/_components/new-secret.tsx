'use client';

import { CodeBlock } from '@/components/ui/code-block';
import { SecretField } from '@/components/ui/copy-field';

/** The secret of a key just made, with a call to try it. */
export function NewSecret({ secret, onCopied }: { secret: string; onCopied: () => void }) {
  const origin = typeof window === 'undefined' ? '' : window.location.origin;
  return (
    <div className="flex flex-col gap-5">
      <SecretField label="API key" secret={secret} onCopied={onCopied} />
      <CodeBlock
        title="Try it"
        wrap
        code={`curl ${origin}/api/v1/strategies \\\n  -H "Authorization: Bearer $NEOZORK_API_KEY"`}
      />
    </div>
  );
}
