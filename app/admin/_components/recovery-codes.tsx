import { Callout } from '@/components/ui/callout';
import { CodeBlock } from '@/components/ui/code-block';

/** Recovery codes, which are shown this once. */
export function RecoveryCodes({ title, codes }: { title: string; codes: readonly string[] }) {
  return (
    <>
      <Callout tone="positive" title={title} announce>
        Keep these recovery codes where you keep secrets. Each stands in for the app once; they are
        not shown again.
      </Callout>
      <CodeBlock title="Recovery codes" code={codes.join('\n')} />
    </>
  );
}
