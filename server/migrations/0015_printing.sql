-- What a centre's agent has to print. What is on the paper is forgotten as soon as it is printed or too old to be wanted.
create table print_job (
  job_id uuid primary key,
  centre_id integer not null references centre,
  body jsonb,
  asked_at timestamptz not null default clock_timestamp(),
  taken_at timestamptz,
  ended_at timestamptz,
  fault text check (fault ~ '^[a-z][a-z-]{1,39}$')
);
create index print_job_by_centre on print_job (centre_id, asked_at) where ended_at is null;
