import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '@/sandbox/index';
import type { World } from './billing-world';
import { temporaryPrefix } from './test-settings';

const FILE = 'sandbox.json';

/** States of the provider in files: the world goes on from any of them, as often as it likes. */
export class ProviderStates {
  private readonly world: World;
  private readonly folder = mkdtempSync(temporaryPrefix());

  private constructor(world: World) {
    this.world = world;
  }

  /** Puts an empty provider in the place of the world's. */
  static async begin(world: World): Promise<ProviderStates> {
    const states = new ProviderStates(world);
    await world.sandbox.close();
    await states.start();
    return states;
  }

  /** Keeps how the provider stands, under a name. */
  async keep(name: string): Promise<void> {
    await this.world.sandbox.close();
    cpSync(this.file('live'), this.file(name));
    await this.start();
  }

  /** Lets the provider stand as it did when that was kept; what was done since is forgotten. */
  async goOnFrom(name: string): Promise<void> {
    await this.world.sandbox.close();
    cpSync(this.file(name), this.file('live'));
    await this.start();
  }

  /** Ends with an empty provider that writes no file. */
  async forget(): Promise<void> {
    await this.world.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
    this.world.sandbox = await startSandbox({ port: 0, smtpPort: 0, ...this.told() });
  }

  private async start(): Promise<void> {
    const dataDir = path.dirname(this.file('live'));
    this.world.sandbox = await startSandbox({ port: 0, smtpPort: 0, dataDir, ...this.told() });
  }

  private told() {
    const webhookSecret = process.env.STRIPE_WEBHOOK_SECRET ?? '';
    return { webhookUrl: this.world.webhookUrl, webhookSecret };
  }

  private file(name: string): string {
    const folder = path.join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return path.join(folder, FILE);
  }
}
