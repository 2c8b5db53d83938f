import type { Stripe } from '@/lib/infra/stripe';
import { byKey } from '../../add-ons/schemas';
import type { Terms } from '../../provider-state';
import type { FullOffer } from '../port';
import { addOnOfPrice, ensureAddOnPrice, ensurePrice, planOfPrice } from './catalogue';

/** An item of a subscription there, or of a phase to come. */
export type SoldItem = { price: Pick<Stripe.Price, 'metadata'>; quantity?: number | undefined };

const PLAN = 'plan';

/** What an item is: the plan, an add-on by its key, or null for what isn't of the catalogue. */
function slotOf({ price }: SoldItem): string | null {
  return planOfPrice(price) ? PLAN : (addOnOfPrice(price)?.key ?? null);
}

/** The item of the plan; null where there is none of the catalogue. */
export function planItem(live: Stripe.Subscription): Stripe.SubscriptionItem | null {
  return live.items.data.find((item) => slotOf(item) === PLAN) ?? null;
}

/** What these items sell; null without a plan of the catalogue. What isn't of the catalogue is left out. */
export function termsOfItems(items: readonly SoldItem[]): Terms | null {
  const plan = items.map(({ price }) => planOfPrice(price)).find((each) => each !== null);
  if (!plan) return null;
  const addOns = items.flatMap(({ price, quantity }) => {
    const addOn = addOnOfPrice(price);
    return addOn && quantity ? [{ ...addOn, quantity }] : [];
  });
  return { ...plan, addOns: byKey(addOns) };
}

/** Everything that an offer sells, the plan first. */
export async function itemsOfOffer(offer: FullOffer) {
  const items = [{ slot: PLAN, price: await ensurePrice(offer), quantity: 1 }];
  for (const { version, quantity } of offer.addOns) {
    const price = await ensureAddOnPrice(version, offer.cycle);
    items.push({ slot: version.key, price, quantity });
  }
  return items;
}

/** The same for something that begins. */
export async function newItems(offer: FullOffer): Promise<{ price: string; quantity: number }[]> {
  return (await itemsOfOffer(offer)).map(({ price, quantity }) => ({ price, quantity }));
}

/** What makes a subscription sell an offer: what stays keeps its item, and what isn't of the catalogue is let alone. */
export async function changesTo(live: Stripe.Subscription, offer: FullOffer) {
  const left = new Map(live.items.data.map((item) => [item.id, slotOf(item)]));
  const changes: { id?: string; price?: string; quantity?: number; deleted?: true }[] = [];
  for (const { slot, price, quantity } of await itemsOfOffer(offer)) {
    const id = [...left].find(([, itsSlot]) => itsSlot === slot)?.[0];
    if (id !== undefined) left.delete(id);
    changes.push({ ...(id === undefined ? {} : { id }), price, quantity });
  }
  const gone = [...left].filter(([, slot]) => slot !== null);
  return [...changes, ...gone.map(([id]) => ({ id, deleted: true as const }))];
}
