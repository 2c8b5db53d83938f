import pg from 'pg';
import { seedAddOns } from './seed/add-ons';
import { seedBundledBars } from './seed/bundled-bars';
import { seedPlans } from './seed/plans';

/** One part of what every installation starts with; doing it again must change nothing. */
type SeedStep = (admin: pg.Client) => Promise<void>;

const STEPS: readonly SeedStep[] = [seedPlans, seedAddOns, seedBundledBars];

/**
 * Fills a migrated database with what the product cannot run without.
 * @param adminUrl PostgreSQL URL of the administrator
 */
export async function seed(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const step of STEPS) await step(admin);
  } finally {
    await admin.end();
  }
}
