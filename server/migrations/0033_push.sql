-- Messages may go to browsers too.
alter table notice drop constraint notice_way_check, add constraint notice_way_check check (way in ('email', 'sms', 'push'));
