import type { Metadata } from 'next';
import { PlanComparison } from '@/components/marketing/plan-comparison';
import { PricingExplorer } from '@/components/marketing/pricing-explorer';
import { PageIntro, Section } from '@/components/marketing/section';
import { Statement, Statements } from '@/components/marketing/statements';
import { PlannedFeatures } from '../_components/planned-features';
import { availableFeatures, loadPlans } from './load-plans';

export const metadata: Metadata = {
  title: 'Pricing',
  description:
    'Plans compared with every limit, monthly, quarterly or annual, and an estimate of what your use would cost.',
};

export default async function PricingPage() {
  const plans = await loadPlans();
  const features = availableFeatures();
  return (
    <>
      <PageIntro title="Pay for how much you test, not for how well it went">
        <p>
          Every plan has the same engine and the same data. They differ in how much you can run and
          how many of you there are.
        </p>
      </PageIntro>
      <PricingExplorer plans={plans} features={features} />
      <Section title="Every limit, side by side">
        <PlanComparison plans={plans} features={features} />
      </Section>
      <Section
        title="Planned, and not sold yet"
        lead="No plan charges for these before they are there."
      >
        <PlannedFeatures />
      </Section>
      <Section title="Questions about paying">
        <Statements>
          <Statement title="What happens at a limit?" level={3}>
            <p>
              The next back-test, strategy or call is refused, with a message that says what is used
              up, when it resets and which plan lifts it. Nothing is charged by surprise and nothing
              stored is lost.
            </p>
          </Statement>
          <Statement title="How does the trial work?" level={3}>
            <p>
              It starts without a card and has the features and limits of the plan you chose. You
              can enter a card at any time during the trial; without one, the plan ends with it and
              your data stays.
            </p>
          </Statement>
          <Statement title="Can I change or cancel?" level={3}>
            <p>
              Yes, in the billing area. You see what is charged now and what next before you
              confirm. An upgrade counts at once, a downgrade from the next period.
            </p>
          </Statement>
        </Statements>
      </Section>
    </>
  );
}
