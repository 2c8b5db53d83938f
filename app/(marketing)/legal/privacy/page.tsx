import type { Metadata } from 'next';

export const dynamic = 'force-static';
export const metadata: Metadata = {
  title: 'Privacy',
  description: 'Which personal data is kept, why, for how long, and who sees it.',
};

export default function PrivacyPage() {
  return (
    <>
      <h1 className="text-2xl">Privacy notice</h1>
      <p>
        Whoever operates this installation decides on the use of personal data in it and is named on
        your invoices. This notice says what the software keeps.
      </p>
      <h2>What is kept, and why</h2>
      <ul>
        <li>Name, e-mail address and a hash of your password, to let you in.</li>
        <li>
          Sessions with browser and network address, so that you can see and end them, and to slow
          down attacks.
        </li>
        <li>
          An audit record of changes in a workspace, with person, time and address, so that they can
          be traced.
        </li>
        <li>Counts of API calls and other use, to show limits and to write invoices.</li>
        <li>Billing details and invoices, because tax law asks for it.</li>
      </ul>
      <h2>What is not</h2>
      <p>
        Card numbers never reach this server. There is no advertising, no tracking across sites, and
        no sale of data. These public pages set no cookies; the theme you choose is remembered by
        your browser alone.
      </p>
      <h2>Cookies</h2>
      <p>
        One cookie, needed to keep you signed in. It belongs to one host and ends with the session.
      </p>
      <h2>Who else sees data</h2>
      <ul>
        <li>Other members of your workspace, as their roles allow.</li>
        <li>The payment provider, for what you pay with.</li>
        <li>The mail provider of the operator, to deliver messages to you.</li>
      </ul>
      <h2>For how long</h2>
      <p>
        As long as the workspace exists. After it is deleted there is a period of grace, then its
        data goes, except for invoices and what else the law makes the operator keep.
      </p>
      <h2>Your rights</h2>
      <p>
        You can ask to see, correct, export or delete what is kept about you, and complain to the
        data protection authority where you live. Write to the operator named on your invoices.
      </p>
    </>
  );
}
