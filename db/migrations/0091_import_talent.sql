-- Studios and reserve hires come by workbook too; who keeps studios reads what a workbook changed there.
ALTER TABLE import_batches
  DROP CONSTRAINT import_batches_kind_known,
  ADD CONSTRAINT import_batches_kind_known CHECK (kind IN ('schools', 'roster', 'registers', 'studios', 'reserve'));
DROP POLICY researcher_select ON field_changes;
CREATE POLICY researcher_select ON field_changes FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'researcher' AND entity IN ('studio', 'studio_membership', 'studios', 'studio_memberships'));
