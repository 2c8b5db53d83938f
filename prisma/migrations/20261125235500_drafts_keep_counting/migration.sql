-- What became of a draft counts too: its row stays without content, so that no two drafts of a plan are ever the same revision.
ALTER TABLE plan_draft ALTER COLUMN content DROP NOT NULL;
