-- An authority that decides, and how it is reached.
create table agency (
  agency_id text primary key check (agency_id ~ '^[a-z0-9-]{1,60}$'),
  name_ru text not null check (name_ru <> ''),
  name_en text not null check (name_en <> ''),
  adapter text not null check (adapter in ('paper', 'api', 'mock')),
  setting jsonb not null default '{}',
  -- What signs messages, sealed; null where nothing is signed.
  secret bytea,
  changed_at timestamptz not null
);

-- How the services of a package hang together, version by version; a published one is frozen.
create table package_template (
  template_id text not null check (template_id ~ '^[a-z0-9-]{1,60}$'),
  version smallint not null check (version > 0),
  state text not null check (state in ('draft', 'published')),
  body jsonb not null,
  drafted_by text,
  published_at timestamptz,
  published_by text,
  primary key (template_id, version),
  check ((state = 'published') = (published_at is not null))
);
create unique index package_template_one_draft on package_template (template_id) where state = 'draft';
create trigger package_template_is_frozen before update or delete on package_template
  for each row execute function service_version_is_frozen();

-- One person's package: the facts that are asked once, sealed.
create table package (
  package_id uuid primary key,
  template_id text not null,
  version smallint not null,
  person_id uuid not null references person,
  centre_id integer not null references centre,
  facts bytea not null,
  command_id uuid not null unique,
  made_at timestamptz not null,
  foreign key (template_id, version) references package_template
);
create index package_by_person on package (person_id);
create index package_by_centre on package (centre_id);
create index package_by_template on package (template_id, version);

-- One service asked for by one person. It is pinned to the version of the passport under which it was taken.
create table application (
  application_id uuid primary key,
  -- What stands on the receipt; given at the registration, or when acceptance is refused.
  number text unique check (number ~ '^[0-9]+-[0-9]{6}-[0-9]{4,}$'),
  centre_id integer not null references centre,
  service_id text not null,
  version smallint not null,
  variant text not null,
  agency_id text references agency,
  package_id uuid references package,
  step_id text,
  state text not null check (state in ('draft', 'blocked', 'acceptance-refused', 'registered', 'in-transit-to-agency', 'at-agency', 'suspended',
    'fix-requested', 'decided-positive', 'decided-negative', 'in-transit-to-centre', 'ready', 'issued', 'unclaimed', 'returned', 'withdrawn',
    'closed', 'cancelled')),
  -- True once there is a decision against it: a refusal is issued too.
  refused boolean not null default false,
  person_id uuid not null references person,
  representative_id uuid references person,
  -- Who answers for it until there is a result.
  responsible text not null,
  visit_day date,
  visit_id uuid,
  edition integer not null default 1,
  -- Answers, mandate, and how the applicant is told; sealed.
  sealed bytea not null,
  registered_on date,
  received_on date,
  term jsonb,
  extension smallint not null default 0 check (extension >= 0),
  last_day date,
  promised date,
  dispatch_by date,
  agency_by date,
  centre_late_days smallint not null default 0,
  -- Why there are no dates.
  term_fault text,
  ended_on date,
  result_centre_id integer references centre,
  ready_on date,
  stored_until date,
  command_id uuid not null unique,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  foreign key (service_id, version) references service_version,
  check ((package_id is null) = (step_id is null)),
  check (state in ('draft', 'blocked', 'acceptance-refused', 'cancelled') or registered_on is not null),
  check (last_day is null or term_fault is null)
)
-- Dates move when the calendar changes, and nothing that an index holds does: a row finds room for its next version beside it.
with (fillfactor = 80);
create unique index application_step on application (package_id, step_id) where package_id is not null and state <> 'cancelled';
create index application_by_person on application (person_id, service_id);
create index application_by_representative on application (representative_id) where representative_id is not null;
create index application_by_service on application (service_id, version);
create index application_by_centre on application (centre_id, state);
create index application_by_agency on application (agency_id, state) where agency_id is not null;
create index application_by_result_centre on application (result_centre_id, state) where result_centre_id is not null;
-- Terms that still run: what a change of the calendar may move.
create index application_with_term on application (application_id)
  where ended_on is null and term is not null and registered_on is not null;
create index application_stored on application (stored_until) where state = 'ready';

-- The newest number of a centre's day.
create table application_count (
  centre_id integer not null references centre,
  day date not null,
  newest integer not null,
  primary key (centre_id, day)
);

-- Everything that happened to an application, in order. It names nobody.
create table application_event (
  application_id uuid not null references application,
  seq smallint not null check (seq > 0),
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  move text not null,
  state text not null,
  ground text,
  details jsonb not null default '{}',
  command_id uuid unique,
  -- Portals read what has happened since they last asked: in the order of these numbers, of transactions that are over.
  event_id bigint generated always as identity,
  written_by xid8 not null default pg_current_xact_id(),
  primary key (application_id, seq)
);
create unique index application_event_feed on application_event (event_id);
create function application_event_is_for_ever() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'check_violation', constraint = 'application_event_is_for_ever',
    message = 'what happened to an application is never changed';
end $$;
create trigger application_event_is_for_ever before update on application_event
  for each row execute function application_event_is_for_ever();

-- Times in which the clock of a term stood still.
create table application_stop (
  application_id uuid not null references application,
  place smallint not null check (place > 0),
  from_day date not null,
  until_day date,
  clock text not null check (clock in ('pause', 'restart')),
  -- Until when it may stand still.
  latest date,
  primary key (application_id, place),
  check (until_day is null or until_day >= from_day)
);
create unique index application_stop_open on application_stop (application_id) where until_day is null;

-- What was shown or brought for an application.
create table application_evidence (
  application_id uuid not null references application,
  kind text not null check (kind ~ '^[a-z0-9-]{1,60}$'),
  seen text not null check (seen in ('original-shown', 'original-kept', 'copy', 'scan', 'from-agency', 'from-result', 'lawful-reason')),
  scan_id uuid references scan,
  copies smallint not null default 0 check (copies between 0 and 50),
  sheets smallint not null default 1 check (sheets between 0 and 1000),
  primary key (application_id, kind)
);
create index application_evidence_by_scan on application_evidence (scan_id) where scan_id is not null;

create sequence paper_number;
-- A piece of paper with a barcode. It is in one place at a time.
create table paper (
  paper_id bigint generated always as identity primary key,
  barcode text not null unique check (barcode ~ '^[0-9]{12}$'),
  application_id uuid not null references application,
  kind text not null check (kind ~ '^[a-z0-9-]{1,60}$'),
  form text not null check (form in ('original', 'copy', 'form', 'result')),
  sheets smallint not null check (sheets > 0),
  place text not null check (place in ('centre', 'shelf', 'manifest', 'agency', 'applicant', 'destroyed', 'missing')),
  centre_id integer references centre,
  cell text check (cell ~ '^[0-9A-Za-zА-Яа-я-]{1,12}$'),
  manifest_id uuid,
  check ((place in ('centre', 'shelf')) = (centre_id is not null)),
  check (place = 'shelf' or cell is null),
  check ((place = 'manifest') = (manifest_id is not null))
);
create index paper_by_application on paper (application_id);
create index paper_by_manifest on paper (manifest_id) where manifest_id is not null;
create index paper_by_centre on paper (centre_id, place) where centre_id is not null;

create table paper_move (
  paper_id bigint not null references paper,
  seq smallint not null check (seq > 0),
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  place text not null,
  what text not null,
  primary key (paper_id, seq)
);

-- Papers that go somewhere together.
create table manifest (
  manifest_id uuid primary key,
  number text not null unique,
  direction text not null check (direction in ('out', 'in', 'between')),
  centre_id integer not null references centre,
  agency_id text references agency,
  to_centre_id integer references centre,
  -- `handed`: taken over, but not all of it; `closed`: all of it.
  state text not null check (state in ('open', 'sealed', 'handed', 'closed')),
  seal text,
  cut_off timestamptz,
  opened_at timestamptz not null,
  sealed_at timestamptz,
  handed_at timestamptz,
  check ((direction = 'between') = (to_centre_id is not null)),
  check ((direction = 'between') = (agency_id is null)),
  check (state = 'open' or seal is not null)
);
create unique index manifest_one_open on manifest (direction, centre_id, coalesce(agency_id, to_centre_id::text)) where state = 'open';
create index manifest_by_centre on manifest (centre_id, state);
create index manifest_by_agency on manifest (agency_id, state) where agency_id is not null;
create index manifest_by_to_centre on manifest (to_centre_id, state) where to_centre_id is not null;
alter table paper add constraint paper_in_manifest foreign key (manifest_id) references manifest;

create table manifest_line (
  manifest_id uuid not null references manifest,
  paper_id bigint not null references paper,
  outcome text not null default 'waiting' check (outcome in ('waiting', 'handed', 'refused', 'missing')),
  note text,
  primary key (manifest_id, paper_id)
);
create unique index manifest_line_once on manifest_line (paper_id) where outcome = 'waiting';

-- Something that a person has to see to: a conflict, a refund, an act of what was missing.
create table case_task (
  task_id uuid primary key,
  kind text not null check (kind in ('conflict', 'refund', 'discrepancy', 'term-unknown', 'dead-letter', 'call-applicant', 'reconcile')),
  application_id uuid references application,
  manifest_id uuid references manifest,
  centre_id integer references centre,
  agency_id text references agency,
  details jsonb not null default '{}',
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  outcome text
);
create index case_task_open on case_task (centre_id, opened_at) where closed_at is null;
create index case_task_by_application on case_task (application_id) where application_id is not null;
create index case_task_by_manifest on case_task (manifest_id) where manifest_id is not null;
create index case_task_by_centre on case_task (centre_id);
create index case_task_by_agency on case_task (agency_id) where agency_id is not null;

-- A message to an agency: sent until it is answered for, with one id however often.
create table agency_message (
  message_id uuid primary key,
  application_id uuid not null references application,
  agency_id text not null references agency,
  kind text not null check (kind in ('application', 'query', 'withdrawal', 'addition')),
  -- What is asked for by a query: a kind of evidence.
  evidence text,
  -- `sent`: the agency has it; `answered`: nothing more is expected; `dead`: a person has to look.
  state text not null check (state in ('waiting', 'sending', 'sent', 'rejected', 'answered', 'dead')),
  due_on date,
  attempts smallint not null default 0,
  next_at timestamptz not null,
  fault text,
  made_at timestamptz not null
);
create index agency_message_due on agency_message (next_at) where state in ('waiting', 'sending');
create index agency_message_by_application on agency_message (application_id);
create index agency_message_by_agency on agency_message (agency_id, state);

-- What an agency says, once for each id of its own.
create table agency_answer (
  agency_id text not null references agency,
  answer_id text not null check (length(answer_id) between 1 and 100),
  message_id uuid not null references agency_message,
  body jsonb not null,
  heard_at timestamptz not null,
  -- What came of it: taken, or a conflict that a person looks at.
  outcome text not null check (outcome in ('taken', 'conflict')),
  primary key (agency_id, answer_id)
);
create index agency_answer_by_message on agency_answer (message_id);

-- What mock agencies are going to say: they stand in for the real ones in tests and in training.
create table mock_answer (
  answer_id text primary key,
  agency_id text not null references agency,
  message_id uuid not null references agency_message,
  body jsonb not null,
  due_at timestamptz not null,
  times smallint not null default 1
);
create index mock_answer_due on mock_answer (due_at);
create index mock_answer_by_message on mock_answer (message_id);
create index mock_answer_by_agency on mock_answer (agency_id);

-- Money that is asked for.
create sequence charge_number;
create table charge (
  charge_id uuid primary key,
  application_id uuid not null references application,
  uin text not null unique check (uin ~ '^[0-9]{20}$'),
  amount integer not null check (amount > 0),
  kbk text,
  benefit text,
  state text not null check (state in ('awaiting', 'paid', 'confirmed', 'cancelled', 'refund-asked', 'refunded')),
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create index charge_by_application on charge (application_id);

-- Money that came, as the terminal or the bank says.
create table payment (
  payment_id text primary key check (length(payment_id) between 1 and 100),
  charge_id uuid references charge,
  uin text not null,
  amount integer not null check (amount > 0),
  source text not null check (source in ('terminal', 'bank', 'portal')),
  paid_at timestamptz not null,
  -- `fits`, or why a person looks at it.
  verdict text not null check (verdict in ('fits', 'over', 'under', 'twice', 'unknown-charge', 'cancelled-charge'))
);
create index payment_by_charge on payment (charge_id) where charge_id is not null;

-- How far open applications have been reckoned anew after a change of the calendar.
create table calendar_recount (
  serial integer primary key,
  from_day date not null,
  after_id uuid not null,
  seen integer not null default 0,
  moved integer not null default 0,
  began_at timestamptz not null,
  ended_at timestamptz
);
