import type { Metadata } from 'next';
import Link from 'next/link';
import { BrandGallery } from '@/components/marketing/brand-gallery';
import { DemoLoader } from '@/components/marketing/demo-loader';
import { DemoStill } from '@/components/marketing/demo-still';
import { ProductShot } from '@/components/marketing/product-shot';
import { Section } from '@/components/marketing/section';
import { buttonStyle } from '@/components/ui/button-style';
import { Conventions } from './_components/conventions';
import { PlannedFeatures } from './_components/planned-features';
import { Workflow } from './_components/workflow';
import { runDemo } from './_demo/run-demo';

export const dynamic = 'force-static';

export const metadata: Metadata = {
  title: { absolute: 'NeoZork: back-test trading rules, costs included' },
  description:
    'A workspace for people and teams who trade by rules. Bring bars, write the rule, run it with costs, and read every trade. Programs do the same over a metered API.',
};

export default async function LandingPage() {
  const demo = await runDemo();
  const [first] = demo.runs;
  return (
    <>
      <section className="mx-auto max-w-page px-4 pt-14 sm:px-6 sm:pt-20">
        <div className="grid items-start gap-x-14 gap-y-5 lg:grid-cols-[1.2fr_1fr]">
          <h1 className="max-w-[21ch] text-2xl">
            Know what a trading rule would have done before you trust it
          </h1>
          <p className="max-w-[58ch] text-lead text-muted lg:pt-1.5">
            NeoZork is a workspace for people and teams who trade by rules. Bring bars, write the
            rule, run it with costs, and read every trade it would have made. Programs do the same
            over a metered API.
          </p>
        </div>
        <div className="mt-7 flex flex-wrap items-center gap-x-3 gap-y-3">
          <Link href="/sign-up" className={buttonStyle('primary', 'lg')}>
            Start 14-day trial
          </Link>
          <Link href="/pricing" className={buttonStyle('secondary', 'lg')}>
            Compare plans
          </Link>
          <p className="text-base text-muted sm:ml-3">
            No card needed. Twenty years of S&amp;P 500 bars are there when you arrive.
          </p>
        </div>
        <div className="mt-10">
          {first ? (
            <DemoLoader demo={demo}>
              <DemoStill demo={demo} run={first} />
            </DemoLoader>
          ) : null}
        </div>
        <p className="mt-3 max-w-[80ch] text-base text-muted">
          Run by the engine you get, when this page was built. The best-known rule of all lost money
          here while the index nearly doubled; that is the kind of thing to learn from a back-test.
          Past results don’t tell future ones.
        </p>
      </section>
      <Section
        title="From bars to a verdict"
        lead="Four steps, each of which tells you what it did and what it refused."
      >
        <Workflow />
      </Section>
      <Section
        title="What a run looks like"
        lead="A breakout rule that lost money on the S&P 500, shown as plainly as one that made it: the curve, how far it fell, every trade, every metric with its definition."
      >
        <ProductShot
          light="/shots/backtest-light.webp"
          dark="/shots/backtest-dark.webp"
          width={1440}
          height={900}
          alt="A finished back-test in the dashboard: return, drawdown, Sharpe ratio and win rate above the equity curve"
          caption="Back-test of the Donchian breakout preset, S&P 500 daily bars, 3 Jan 2000 to 17 Apr 2020, commission 0.1 % a side."
        />
      </Section>
      <Section
        title="How a back-test is run here"
        lead="Results depend on conventions. Ours are written down, and every report repeats them."
      >
        <Conventions />
      </Section>
      <Section
        title="Your colours, kept readable"
        lead="Pick an accent and a sidebar colour. The rest follows in both themes, with contrast held at 4.5:1 for text and 3:1 for controls, even when the colour you picked is too pale. From Enterprise."
      >
        <BrandGallery />
      </Section>
      <Section
        title="Planned, and not sold yet"
        lead="These are on the way. No plan charges for them before they are there."
      >
        <PlannedFeatures />
      </Section>
      <section className="mx-auto max-w-page px-4 pt-24 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-6 rounded-lg border border-line bg-panel p-6 sm:p-10">
          <div>
            <h2 className="text-xl">Try it on your own rule</h2>
            <p className="mt-1 text-lead text-muted">Fourteen days, no card.</p>
          </div>
          <Link href="/sign-up" className={buttonStyle('primary', 'lg')}>
            Start 14-day trial
          </Link>
        </div>
      </section>
    </>
  );
}
