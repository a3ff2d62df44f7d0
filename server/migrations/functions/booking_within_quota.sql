-- edition 1
-- A partner books no more than its quota in any twenty-four hours, whatever program counts.
create or replace function booking_within_quota() returns trigger language plpgsql as $$
declare
  quota integer;
begin
  select daily_quota into quota from partner where name = new.partner;
  if quota is null then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('partner ' || new.partner, 0));
  if (select count(*) from booking where partner = new.partner and made_at > new.made_at - interval '1 day' and state <> 'lapsed') >= quota then
    raise exception using errcode = 'check_violation', constraint = 'partner_quota', message = 'the partner has used up his quota';
  end if;
  return new;
end $$;
