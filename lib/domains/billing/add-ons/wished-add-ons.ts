import type { AddOnVersion, PlanId } from '@/lib/domains/entitlements';
import { invalidField } from '@/lib/kernel/errors';
import type { AddOnItem } from '../gateways/port';
import type { SetAddOnsInput } from './schemas';

type Asked = SetAddOnsInput['add_ons'][number];

/** What a request is measured by. */
export type AddOnShop = {
  onSale: readonly AddOnVersion[];
  /** What is charged now. */
  held: readonly AddOnItem[];
  /** The plan now, and the one that waits for the period's end where one does. */
  plans: readonly { planId: PlanId; name: string }[];
};

function requireSold(
  { key, quantity }: Asked,
  version: AddOnVersion | undefined,
  path: string,
): asserts version is AddOnVersion {
  if (!version) {
    throw invalidField(
      `${path}.key`,
      'add_on_unknown',
      `“${key}” isn’t on sale. Choose one of the add-ons that are.`,
    );
  }
  if (quantity > version.most) {
    throw invalidField(
      `${path}.quantity`,
      'add_on_too_many',
      `A subscription has at most ${version.most.toLocaleString('en')} of “${version.name}”.`,
    );
  }
}

/**
 * One add-on as it is asked for. More of it is sold as it is on sale now; the same or less of it keeps the version that it
 * was bought by. Throws 422 at `path`: `add_on_unknown`, `add_on_too_many`, `add_on_not_for_plan`.
 */
function wishedItem(asked: Asked, shop: AddOnShop, path: string): AddOnItem {
  const held = shop.held.find(({ version }) => version.key === asked.key);
  if (held && asked.quantity <= held.quantity) {
    return { version: held.version, quantity: asked.quantity };
  }
  const version = shop.onSale.find(({ key }) => key === asked.key);
  requireSold(asked, version, path);
  const without = shop.plans.find(({ planId }) => !version.plans.includes(planId));
  if (without) {
    throw invalidField(
      `${path}.key`,
      'add_on_not_for_plan',
      `“${version.name}” isn’t offered with ${without.name}. Nothing was changed.`,
    );
  }
  return { version, quantity: asked.quantity };
}

/** Everything that is asked for, without what is asked for none of. */
export function wishedAddOns({ add_ons }: SetAddOnsInput, shop: AddOnShop): AddOnItem[] {
  return add_ons.flatMap((asked, index) =>
    asked.quantity === 0 ? [] : [wishedItem(asked, shop, `add_ons.${index}`)],
  );
}

/** What is charged until the period ends: what is more begins at once, and nothing is taken away before. */
export function addOnsUntilEnd(
  held: readonly AddOnItem[],
  wished: readonly AddOnItem[],
): AddOnItem[] {
  const keys = new Set([...held, ...wished].map(({ version }) => version.key));
  return [...keys].flatMap((key) => {
    const [before, after] = [held, wished].map((items) =>
      items.find(({ version }) => version.key === key),
    );
    const more = (after?.quantity ?? 0) > (before?.quantity ?? 0);
    return (more ? after : before) ?? [];
  });
}
