-- Exemptions: who asks may take back and nothing else; nobody checks or decides their own (SD-3).
DROP POLICY own_insert ON exemptions;
DROP POLICY own_update ON exemptions;
DROP POLICY school_insert ON exemptions;
CREATE POLICY own_insert ON exemptions FOR INSERT TO jh_app, jh_worker WITH CHECK (
  (SELECT sec.role()) = 'teacher' AND teacher_id = (SELECT sec.teacher_id()) AND state = 'asked'
  AND asked_by = (SELECT sec.user_id()));
CREATE POLICY school_insert ON exemptions FOR INSERT TO jh_app, jh_worker WITH CHECK (
  (SELECT sec.role()) = ANY ('{principal,school_hr}'::text[]) AND school_id = ANY ((SELECT sec.schools())::uuid[])
  AND state = 'asked' AND asked_by = (SELECT sec.user_id()));
CREATE POLICY own_update ON exemptions FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'teacher' AND teacher_id = (SELECT sec.teacher_id()) AND state IN ('asked', 'checked')
  AND asked_by = (SELECT sec.user_id())) WITH CHECK (state = 'withdrawn' AND asked_by = (SELECT sec.user_id()));
CREATE POLICY school_update ON exemptions FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{principal,school_hr}'::text[]) AND school_id = ANY ((SELECT sec.schools())::uuid[])
  AND state IN ('asked', 'checked') AND asked_by = (SELECT sec.user_id()))
  WITH CHECK (state = 'withdrawn' AND asked_by = (SELECT sec.user_id()));

CREATE FUNCTION sec.exemption_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM users u WHERE u.district_id = NEW.district_id AND u.teacher_id = NEW.teacher_id
      AND u.person_id IN (NEW.checked_by_person, NEW.decided_by_person)) THEN
    RAISE EXCEPTION 'SD-3' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'exemptions_not_own';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exemptions_guard BEFORE INSERT OR UPDATE ON exemptions FOR EACH ROW EXECUTE FUNCTION sec.exemption_guard();

-- Changes of a frozen roll: which version was compared, and both sides as the roll has them.
ALTER TABLE roll_changes
  ADD COLUMN roll_id uuid,
  ADD COLUMN was_rule text,
  ADD COLUMN now_rule text,
  ADD COLUMN was_backbone boolean NOT NULL DEFAULT false,
  ADD COLUMN now_backbone boolean NOT NULL DEFAULT false,
  ADD COLUMN decided_by_name text,
  ADD CONSTRAINT roll_changes_of_roll FOREIGN KEY (district_id, roll_id) REFERENCES eligibility_rolls (district_id, id),
  ADD CONSTRAINT roll_changes_decision_known CHECK (decision IS NULL OR decision IN ('keep', 'follow', 'gone'));
CREATE POLICY hr_insert ON roll_changes FOR INSERT TO jh_app, jh_worker WITH CHECK ((SELECT sec.role()) = 'bureau_hr');
