-- Queries to agencies that are late, or that gave nothing, are seen to by a person.
alter table case_task drop constraint case_task_kind_check, add constraint case_task_kind_check check (kind in
  ('conflict', 'refund', 'discrepancy', 'term-unknown', 'dead-letter', 'call-applicant', 'reconcile', 'query-overdue', 'query-without-answer'));
create index agency_query_due on agency_message (due_on) where kind = 'query' and state in ('waiting', 'sending', 'sent');
