-- Studios that everybody may read, reserve hires whose states are those of the pipeline (domain.md §1.5, §6.2).

-- The name and the school of a membership as the studio's list shows them: a teacher reads no other person's record.
ALTER TABLE studio_memberships ADD COLUMN person_name text, ADD COLUMN school_id uuid;
SET LOCAL ROLE jh_migrate; -- rows are reached by the policy of data migrations
UPDATE studio_memberships m SET person_name = t.name
  FROM teachers t WHERE t.district_id = m.district_id AND t.id = m.teacher_id;
UPDATE studio_memberships m SET school_id = a.school_id
  FROM appointments a WHERE a.district_id = m.district_id AND a.teacher_id = m.teacher_id
    AND a.kind = 'establishment' AND a.valid_from <= m.valid_from AND a.valid_to > m.valid_from;
SET LOCAL ROLE jh_owner;
ALTER TABLE studio_memberships
  ALTER COLUMN person_name SET NOT NULL,
  ADD CONSTRAINT studio_memberships_at_school FOREIGN KEY (district_id, school_id) REFERENCES schools (district_id, id);

-- Reserve states: the codes of lib/rules/reserve/pipeline.ts, side exits too.
ALTER TABLE reserve_candidates
  DROP CONSTRAINT reserve_candidates_state_known,
  DROP CONSTRAINT reserve_candidates_pooled_dated,
  ADD COLUMN certificate_subject text,
  ADD COLUMN major text;
SET LOCAL ROLE jh_migrate;
UPDATE reserve_candidates SET state = CASE state WHEN 'notice' THEN 'on_notice' WHEN 'assigned' THEN 'placed' ELSE 'employed' END
  WHERE state IN ('notice', 'assigned', 'hired');
UPDATE reserve_candidates SET left_on = coalesce(left_on, pooled_on, changed_at::date) WHERE state = 'left';
UPDATE candidate_events SET
  from_state = CASE from_state WHEN 'notice' THEN 'on_notice' WHEN 'assigned' THEN 'placed' WHEN 'hired' THEN 'employed' ELSE from_state END,
  to_state = CASE to_state WHEN 'notice' THEN 'on_notice' WHEN 'assigned' THEN 'placed' WHEN 'hired' THEN 'employed' ELSE to_state END;
SET LOCAL ROLE jh_owner;
ALTER TABLE reserve_candidates
  ADD CONSTRAINT reserve_candidates_state_known CHECK (state IN (
    'applied', 'screened', 'verified', 'written', 'interviewed', 'medical', 'background', 'on_notice', 'pooled',
    'awaiting', 'placed', 'employed', 'left', 'unqualified', 'withdrew', 'absent', 'medical_failed',
    'background_failed', 'objected', 'expired', 'dismissed')),
  ADD CONSTRAINT reserve_candidates_pooled_dated
    CHECK (state NOT IN ('pooled', 'awaiting', 'placed', 'employed') OR pooled_on IS NOT NULL),
  ADD CONSTRAINT reserve_candidates_left_dated CHECK ((state IN (
    'left', 'unqualified', 'withdrew', 'absent', 'medical_failed', 'background_failed', 'objected', 'expired',
    'dismissed')) = (left_on IS NOT NULL));
CREATE INDEX reserve_candidates_by_entry ON reserve_candidates (district_id, pooled_on);
ALTER TABLE candidate_scores ADD COLUMN phone bytea, ADD COLUMN background_passed text,
  ADD CONSTRAINT candidate_scores_medical_known CHECK (medical_passed IN ('passed', 'failed')),
  ADD CONSTRAINT candidate_scores_background_known CHECK (background_passed IN ('passed', 'failed'));
-- 派岗: one school at a time.
ALTER TABLE reserve_placements ADD CONSTRAINT reserve_placements_one_at_a_time EXCLUDE USING gist
  (district_id WITH =, candidate_id WITH =, during WITH &&);

-- Researchers keep studios, so they read what was changed there.
CREATE POLICY researcher_select ON field_changes FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'researcher' AND entity IN ('studio', 'studio_membership'));
