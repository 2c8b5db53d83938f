import { productAt, sandboxAt } from './callers.mjs';
import { Organisation } from './live-through.mjs';
import { stories } from './stories.mjs';

/** Organisations that live at the same time: more than the machine has cores is no faster. */
const AT_ONCE = 3;

const line = (text) => process.stdout.write(`${text}\n`);

/**
 * Builds a year of a dozen organisations in a running product, by its API and its sandbox's clock alone. Cut off and begun again
 * it goes on where it was; complete, it does nothing.
 * @param {{ product: string, sandbox: string, today: Date }} places
 */
export async function runDemo({ product, sandbox, today }) {
  const started = Date.now();
  const provider = sandboxAt(sandbox);
  await provider.requireThere();
  await provider.offerCoupon('DEMO20');
  const waiting = stories.map((story) => new Organisation(story, productAt(product), provider));
  const total = waiting.length;
  let done = 0;
  const worker = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const { name } = one.story;
      await one.live(today, (at, what) =>
        line(`  ${at.toISOString().slice(0, 10)}  ${name}: ${what.replaceAll('_', ' ')}`),
      );
      done += 1;
      line(`${done}/${total}  ${name} has arrived in the present`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = Math.round((Date.now() - started) / 1000);
  line(
    `A year of ${total} organisations, in ${seconds} s. Sign in as owner@demo-….example, or look at ${product}`,
  );
}
