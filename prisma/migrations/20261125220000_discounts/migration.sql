-- The discount of a subscription: what its provider has, and what is wished. What a subscription has when it is first read
-- is what is wished of it; that goes for those that are there as well, as soon as their provider is asked.
ALTER TABLE subscription
  ADD COLUMN discount jsonb,
  ADD COLUMN wish_discount jsonb,
  ADD COLUMN discount_read boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT subscription_discount_was_read CHECK (discount_read OR discount IS NULL);
