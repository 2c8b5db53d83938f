import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { getSecondFactor, listOwnSessions } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { SecondFactorSetUp } from '../../_components/second-factor-set-up';
import { FactorFacts } from './_components/factor-facts';
import { PasswordCard } from './_components/password-card';
import { SessionsCard } from './_components/sessions-card';
import { StillOn } from './_components/still-on';

export const metadata: Metadata = { title: 'Your security' };

export default async function SecurityPage() {
  const { ctx, operator } = await operatorPage();
  const { confirmed_at, recovery_codes_left, needed } = await getSecondFactor(ctx);
  const sessions = await listOwnSessions(ctx);
  return (
    <>
      <PageHeader
        title="Your security"
        description="How you show that it is you who signs in here, and where you are signed in."
      />
      <div className="grid gap-6">
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card>
            <CardHeader
              title="Authenticator app"
              description="A code besides the password, each good once."
              actions={
                confirmed_at ? (
                  <Status tone="positive">On</Status>
                ) : (
                  <Status tone="warning">Off</Status>
                )
              }
            />
            <CardBody>
              <StillOn
                facts={
                  confirmed_at ? (
                    <FactorFacts
                      confirmedAt={confirmed_at}
                      codesLeft={recovery_codes_left}
                      needed={needed}
                    />
                  ) : null
                }
              >
                <SecondFactorSetUp />
              </StillOn>
            </CardBody>
          </Card>
          <PasswordCard email={operator.email} />
        </div>
        <SessionsCard sessions={sessions} />
      </div>
    </>
  );
}
