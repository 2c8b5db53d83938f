import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import { getSecondFactor } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { SecondFactorSetUp } from '../../_components/second-factor-set-up';
import { StillOn } from './_components/still-on';

export const metadata: Metadata = { title: 'Your security' };

export default async function SecurityPage() {
  const { ctx } = await operatorPage();
  const { confirmed_at, recovery_codes_left } = await getSecondFactor(ctx);
  return (
    <>
      <PageHeader
        title="Your security"
        description="How you show that it is you who signs in here."
      />
      <Card className="max-w-form">
        <CardHeader
          title="Authenticator app"
          description="A code besides the password, each good once."
          actions={
            confirmed_at ? <Status tone="positive">On</Status> : <Status tone="warning">Off</Status>
          }
        />
        <CardBody>
          <StillOn
            facts={
              confirmed_at ? (
                <p className="text-base text-muted">
                  Set up <DateTime value={confirmed_at} style="date" />; {recovery_codes_left}{' '}
                  recovery codes left.
                </p>
              ) : null
            }
          >
            <SecondFactorSetUp />
          </StillOn>
        </CardBody>
      </Card>
    </>
  );
}
