-- The secret with which messages to a partner are signed is sealed like everything that must not be read in a stolen dump. `secret` stays
-- for installations without a master key and for what is not sealed yet. A node of the version before finds nothing in it and sends
-- nothing, which is better than a signature that is wrong.
alter table webhook
  alter column secret drop not null,
  add column sealed_secret bytea,
  add constraint webhook_has_a_secret check (num_nonnulls(secret, sealed_secret) = 1);
