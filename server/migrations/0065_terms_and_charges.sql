-- by statements
-- A term that has passed is a task for a person, and the agency is told.
alter table case_task drop constraint if exists case_task_kind_check;
alter table case_task add constraint case_task_kind_check check (kind in
  ('conflict', 'refund', 'discrepancy', 'term-unknown', 'dead-letter', 'call-applicant', 'reconcile', 'query-overdue',
   'query-without-answer', 'term-over')) not valid;
alter table case_task validate constraint case_task_kind_check;
alter table agency_message drop constraint if exists agency_message_kind_check;
alter table agency_message add constraint agency_message_kind_check check (kind in
  ('application', 'query', 'withdrawal', 'addition', 'term-over')) not valid;
alter table agency_message validate constraint agency_message_kind_check;
create index concurrently if not exists application_running_by_last_day on application (last_day)
  where ended_on is null and last_day is not null;

-- Before what a charge has to be paid, as the passport had it on the day of the charge.
alter table charge add column if not exists paid_before text not null default 'decision';
alter table charge drop constraint if exists charge_paid_before_check;
alter table charge add constraint charge_paid_before_check
  check (paid_before in ('registration', 'decision', 'issue')) not valid;
alter table charge validate constraint charge_paid_before_check;
