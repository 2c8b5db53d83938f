import type { Metadata } from 'next';
import Link from 'next/link';

export const dynamic = 'force-static';
export const metadata: Metadata = {
  title: 'Terms',
  description: 'What you may expect of us, and we of you.',
};

export default function TermsPage() {
  return (
    <>
      <h1 className="text-2xl">Terms of use</h1>
      <p>
        “We” is whoever operates this installation of NeoZork; their name and address are on your
        invoices. “You” is the organisation whose workspace it is, and the people it lets in.
      </p>
      <h2>What you get</h2>
      <p>
        A workspace with the features and limits of your plan, as the pricing page and your billing
        area state them. Features marked as planned are not part of any plan.
      </p>
      <h2>What it is not</h2>
      <p>
        It is a tool for research. It is not investment advice, a recommendation, a broker or a
        fund. What you trade, and whether you do, is your decision alone. The{' '}
        <Link href="/legal/risk">risk notice</Link> is part of these terms.
      </p>
      <h2>Paying</h2>
      <ul>
        <li>Plans are paid ahead for each month, quarter or year, and renew until you cancel.</li>
        <li>
          You can cancel at any time; the plan then runs to the end of the period that is paid.
        </li>
        <li>A trial ends by itself when no card was entered.</li>
        <li>If a payment fails we tell you and try again before anything is switched off.</li>
      </ul>
      <h2>Your data</h2>
      <p>
        Bars, strategies and results stay yours. Upload only what you may use: data vendors have
        terms of their own. What we do with personal data is in the{' '}
        <Link href="/legal/privacy">privacy notice</Link>.
      </p>
      <h2>Fair use</h2>
      <ul>
        <li>
          Don’t try to reach other workspaces, to overload the service, or to get round limits.
        </li>
        <li>Don’t pass keys on; whoever holds a key acts in your name.</li>
        <li>Don’t resell access unless a contract with us says so.</li>
      </ul>
      <h2>If something breaks</h2>
      <p>
        We work with care, but software has faults and data has gaps. As far as the law allows, we
        don’t answer for losses from trading. Where the law gives you rights that can’t be waived,
        you keep them.
      </p>
      <h2>Changes and the end</h2>
      <p>
        We announce changes of these terms before they apply; if you don’t agree you can cancel. We
        may suspend a workspace that is used against these terms, after a warning where there is
        time for one.
      </p>
    </>
  );
}
