-- Until when somebody is telling a provider's customer who invoices are made out to: one at a time, so that the last word wins.
ALTER TABLE billing_customer ADD COLUMN buyer_turn_until timestamptz(3);
