-- SD-5: a relation is declared once while it stands, with what it is; its end says why. A second account of one human counts
-- as the same human, as it does in SD-1 and SD-3.
ALTER TABLE recusals
  ADD COLUMN reason text NOT NULL DEFAULT '',
  ADD COLUMN end_reason text;
UPDATE recusals r SET ended_at = r.declared_at
  WHERE r.ended_at IS NULL AND EXISTS (
    SELECT 1 FROM recusals first WHERE first.district_id = r.district_id AND first.user_id = r.user_id
      AND first.teacher_id = r.teacher_id AND first.ended_at IS NULL AND (first.declared_at, first.id) < (r.declared_at, r.id));
ALTER TABLE recusals ADD CONSTRAINT recusals_relation_known CHECK (relation IN ('spouse', 'parent', 'child', 'sibling', 'other'));
CREATE UNIQUE INDEX recusals_once ON recusals (district_id, user_id, teacher_id) WHERE ended_at IS NULL;
CREATE INDEX recusals_by_teacher ON recusals (district_id, teacher_id) WHERE ended_at IS NULL;

DROP POLICY about_me_select ON recusals;
CREATE POLICY about_me_select ON recusals FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{bureau_reviewer,principal,school_hr,teacher}'::text[])
    AND user_id IN (SELECT u.id FROM users u WHERE u.person_id = (SELECT sec.person_id())));

CREATE FUNCTION sec.case_decision_related() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.role = 'system' OR NEW.part IN ('note', 'prepare') THEN RETURN NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM rotation_cases c
      JOIN recusals r ON r.district_id = c.district_id AND r.teacher_id = c.teacher_id AND r.ended_at IS NULL
      JOIN users u ON u.district_id = r.district_id AND u.id = r.user_id
      WHERE c.district_id = NEW.district_id AND c.id = NEW.case_id AND u.person_id IN (NEW.person_id, NEW.on_behalf_of_person)) THEN
    RAISE EXCEPTION 'SD-5' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_recused';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_decisions_related BEFORE INSERT ON case_decisions FOR EACH ROW EXECUTE FUNCTION sec.case_decision_related();

-- Whom of the bureau nobody is left of for the present step: all of its personnel office (its directors rule then), or all
-- who might take it. Kept by the worker, which alone sees every declaration.
ALTER TABLE rotation_cases
  ADD COLUMN bureau_barred text,
  ADD CONSTRAINT rotation_cases_barred_known CHECK (bureau_barred IN ('hr', 'bureau'));
