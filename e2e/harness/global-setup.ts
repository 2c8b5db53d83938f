import { findChromium } from './chromium';
import { startProduct } from './product';

/**
 * Finds a browser and starts one product for the whole run. Workers and specs read both from the environment.
 * E2E_URL (with E2E_SANDBOX_URL) takes a product that runs already.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const browser = await findChromium();
  process.env.E2E_CHROMIUM = browser.executablePath;
  process.env.E2E_CHROMIUM_ENV = JSON.stringify(browser.env);
  if (process.env.E2E_URL !== undefined) return undefined;
  const product = await startProduct();
  process.env.E2E_URL = product.url;
  process.env.E2E_SANDBOX_URL = product.sandboxUrl;
  process.env.E2E_DATA_DIR = product.dataDir;
  return () => product.remove();
}
