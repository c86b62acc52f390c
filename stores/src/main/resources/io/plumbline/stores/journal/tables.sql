-- What Plumbline keeps for itself, in the schema that the search path begins with.
-- Contents are text and not jsonb, which could not hold every text of a store. Room for updates in place.

CREATE TABLE IF NOT EXISTS repairs (
  repair_id text PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY,
  run_id text NOT NULL,
  entity text NOT NULL,
  content_before text,
  content_after text,
  undoes text,
  result text,
  source_content text,
  reason text,
  intended_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz
) WITH (fillfactor = 70);

CREATE INDEX IF NOT EXISTS repairs_by_run ON repairs (run_id, number);
CREATE INDEX IF NOT EXISTS repairs_by_undone ON repairs (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE IF NOT EXISTS reconciliation_reports (
  run_id text PRIMARY KEY,
  job text NOT NULL,
  kind text NOT NULL,
  dataset text,
  status text NOT NULL,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  ended_at timestamptz,
  report json NOT NULL
);
