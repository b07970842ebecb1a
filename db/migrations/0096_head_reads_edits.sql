-- A head confirms what the clerk has changed on the page of a collection, and so must see it: the cells of the own school's
-- page edits, whose columns a school reads in full of its own people; no workbook and nothing of another school.
CREATE POLICY head_select ON import_batches FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'principal' AND collection_id IS NOT NULL AND file_hash = 'page'
    AND school_id = ANY ((SELECT sec.schools())::uuid[]));
CREATE POLICY head_select ON import_rows FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'principal' AND batch_id IN (
    SELECT b.id FROM import_batches b
    WHERE b.collection_id IS NOT NULL AND b.file_hash = 'page' AND b.school_id = ANY ((SELECT sec.schools())::uuid[])));
