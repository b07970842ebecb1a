-- Imports on their way: what a batch can be in between, a school's batch waits for HR, the workbook given back.

ALTER TABLE import_batches
  ADD COLUMN annotated_file_id uuid,
  ADD COLUMN collection_id uuid,
  DROP CONSTRAINT import_batches_state_known,
  ADD CONSTRAINT import_batches_state_known CHECK (state IN
    ('uploaded', 'reading', 'mapped', 'ready', 'submitted', 'refused', 'confirming', 'confirmed', 'undoing', 'undone', 'discarded')),
  ADD CONSTRAINT import_batches_of_collection FOREIGN KEY (district_id, collection_id) REFERENCES collections (district_id, id);

-- Undo walks a batch backwards; conflicts ask what changed on a person since a moment.
CREATE INDEX field_changes_by_batch_seq ON field_changes (district_id, batch_id, seq);
CREATE INDEX field_changes_by_teacher_time ON field_changes (district_id, teacher_id, at);

-- A school brings its own workbook as far as the check by HR; making it valid is HR's (security.md §2.3 "K by hr").
DROP POLICY school_update ON import_batches;
CREATE POLICY school_update ON import_batches FOR UPDATE TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'school_hr' AND school_id = ANY ((SELECT sec.schools())::uuid[]) AND state IN ('uploaded', 'mapped', 'ready', 'submitted', 'refused'))
  WITH CHECK ((SELECT sec.role()) = 'school_hr' AND school_id = ANY ((SELECT sec.schools())::uuid[]) AND state IN ('uploaded', 'ready', 'submitted', 'discarded'));
DROP POLICY school_insert ON import_batches;
CREATE POLICY school_insert ON import_batches FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'school_hr' AND school_id = ANY ((SELECT sec.schools())::uuid[]) AND state = 'uploaded');
