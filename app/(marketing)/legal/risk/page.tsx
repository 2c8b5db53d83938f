import type { Metadata } from 'next';

export const dynamic = 'force-static';
export const metadata: Metadata = {
  title: 'Risk notice',
  description: 'What a back-test can’t tell you, and what trading can cost.',
};

export default function RiskPage() {
  return (
    <>
      <h1 className="text-2xl">Risk notice</h1>
      <p>
        <strong>You can lose all the money you trade with</strong>, and with borrowed money or short
        positions more than that. Don’t trade with money you can’t do without.
      </p>
      <h2>A back-test is not a forecast</h2>
      <ul>
        <li>
          It shows what a rule would have done on past bars under stated assumptions. The future
          will differ.
        </li>
        <li>
          Rules that were chosen because they did well on the same bars nearly always do worse
          afterwards.
        </li>
        <li>
          Bars hide what happens inside them. Fills, gaps and halts in real markets are worse than
          simulated ones.
        </li>
        <li>
          Costs you didn’t enter are costs that weren’t counted: spreads, funding, borrowing, taxes.
        </li>
        <li>Data has errors, and indices don’t show the companies that dropped out of them.</li>
      </ul>
      <h2>How results are shown here</h2>
      <p>
        Each result is labelled as a back-test, with its dates, its starting cash and its costs.
        Where a benchmark is shown it is named. No figure on these pages is a promise or a typical
        outcome.
      </p>
      <h2>No advice</h2>
      <p>
        Nothing here is investment, tax or legal advice, and nobody here knows your situation. If
        you are not sure, ask a person who is licensed to advise you.
      </p>
      <h2>No live trading today</h2>
      <p>
        This version doesn’t send orders to any exchange or broker. When it does, this notice will
        stand where orders are placed.
      </p>
    </>
  );
}
