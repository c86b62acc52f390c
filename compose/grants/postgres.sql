-- What each app may do in PostgreSQL, for the tables of the configuration to play with (../plumbline.yaml) and a schema
-- "plumbline" for its own. Run it as the owner of the tables, once; docs/security.md says what to change for others.
--
-- The roles have no password yet: ALTER ROLE ... PASSWORD, or psql's \password, gives each one.

CREATE ROLE plumbline_reconciler LOGIN;
CREATE ROLE plumbline_repairer LOGIN;
CREATE ROLE plumbline_outbox_feed LOGIN REPLICATION;

-- Plumbline's own tables: run tables.sql (stores/src/main/resources/io/plumbline/stores/journal) in this schema before.
GRANT USAGE ON SCHEMA plumbline TO plumbline_reconciler, plumbline_repairer;

-- Reconciler: reads both sides, keeps reports, plans an undo from the record of repairs.
GRANT SELECT ON plumbline.repairs TO plumbline_reconciler;
GRANT SELECT, INSERT, UPDATE ON plumbline.reconciliation_reports TO plumbline_reconciler;
GRANT SELECT ON incoming_emails, outbox_messages, idempotency_keys TO plumbline_reconciler;
-- It marks what it has seen in the target, and what has failed.
GRANT UPDATE (sync_status) ON incoming_emails TO plumbline_reconciler;
GRANT UPDATE (processed_at, retry_count, last_error) ON outbox_messages TO plumbline_reconciler;
-- It cleans up. A row is locked before it is deleted, which takes the right to update a column.
GRANT DELETE ON outbox_messages, idempotency_keys TO plumbline_reconciler;
GRANT UPDATE (expires_at) ON idempotency_keys TO plumbline_reconciler;
-- A report vouches up to the start of the oldest transaction that is open, whoever has opened it.
GRANT pg_read_all_stats TO plumbline_reconciler;

-- Repairer: reads the source, records what it is about to do and what came of it. It never writes the source.
GRANT SELECT, INSERT, UPDATE ON plumbline.repairs TO plumbline_repairer;
GRANT SELECT ON incoming_emails, outbox_messages TO plumbline_repairer;

-- Outbox feed: reads the log. It makes and drops its replication slot itself; the publication is the table owner's to make.
GRANT SELECT ON outbox_messages TO plumbline_outbox_feed;
CREATE PUBLICATION plumbline_emails FOR TABLE outbox_messages
  WITH (publish = 'insert', publish_via_partition_root = true);
