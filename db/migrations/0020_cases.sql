-- The case engine: what a step needs beside the tables of 0000, its separation of duties, and delegation.

ALTER TABLE rotation_cases
  ADD COLUMN teacher_stage text,
  ADD COLUMN other_form text,
  ADD COLUMN periods_per_week integer,
  ADD COLUMN consented_at timestamptz,
  ADD COLUMN shortage_accepted boolean NOT NULL DEFAULT false,
  ADD COLUMN origin_by_bureau text,
  ADD COLUMN destination_by_bureau text,
  ADD COLUMN shown_to_destination boolean NOT NULL DEFAULT false,
  ADD COLUMN changed_by_name text,
  ADD COLUMN entered_state_on date,
  ADD COLUMN reminded_on date,
  ADD CONSTRAINT rotation_cases_origin_route_known
    CHECK (origin_by_bureau IN ('refused', 'late', 'same_head', 'recused', 'no_head')),
  ADD CONSTRAINT rotation_cases_destination_route_known
    CHECK (destination_by_bureau IN ('refused', 'late', 'same_head', 'recused', 'no_head'));
-- The owner is under row-level security too: what a migration moves in rows needs a policy for as long as it runs.
CREATE POLICY moving ON rotation_cases TO jh_owner USING (true) WITH CHECK (true);
CREATE POLICY moving ON rotation_rounds TO jh_owner USING (true);
UPDATE rotation_cases SET shown_to_destination = true WHERE state NOT IN ('draft', 'submitted', 'rejected', 'withdrawn');

-- The row every change of a round's cases locks first, so that two reviewers or principals cannot share the last place;
-- it also numbers cases and batches and keeps the quota figures that schools may read but not compute.
CREATE TABLE round_counters (
  district_id uuid NOT NULL,
  round_id uuid NOT NULL,
  next_case integer NOT NULL DEFAULT 1,
  next_batch integer NOT NULL DEFAULT 1,
  figures jsonb,
  figures_at timestamptz,
  CONSTRAINT round_counters_district_id_round_id_pk PRIMARY KEY (district_id, round_id),
  CONSTRAINT round_counters_of_round FOREIGN KEY (district_id, round_id) REFERENCES rotation_rounds (district_id, id),
  CONSTRAINT round_counters_positive CHECK (next_case >= 1 AND next_batch >= 1)
);
ALTER TABLE round_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE round_counters FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON round_counters AS RESTRICTIVE TO jh_app, jh_worker
  USING (district_id = (SELECT sec.district())) WITH CHECK (district_id = (SELECT sec.district()));
CREATE POLICY system_work ON round_counters TO jh_worker
  USING ((SELECT sec.role()) = 'system') WITH CHECK ((SELECT sec.role()) = 'system');
CREATE POLICY data_migration ON round_counters TO jh_migrate USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON round_counters TO jh_worker, jh_migrate;
GRANT SELECT, INSERT, UPDATE ON round_counters TO jh_app;
CREATE POLICY hr_insert ON round_counters FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_hr');
CREATE POLICY step_select ON round_counters FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer,bureau_auditor,principal,school_hr,teacher}'::text[]));
CREATE POLICY step_update ON round_counters FOR UPDATE TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer,principal,school_hr,teacher}'::text[]))
  WITH CHECK ((SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer,principal,school_hr,teacher}'::text[]));
CREATE POLICY moving ON round_counters TO jh_owner USING (true) WITH CHECK (true);
INSERT INTO round_counters (district_id, round_id, next_case)
  SELECT r.district_id, r.id, coalesce((SELECT max(c.number) + 1 FROM rotation_cases c WHERE c.district_id = r.district_id AND c.round_id = r.id), 1)
  FROM rotation_rounds r;
DROP POLICY moving ON round_counters;
DROP POLICY moving ON rotation_rounds;
DROP POLICY moving ON rotation_cases;
CREATE FUNCTION sec.counters_only_rise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.next_case < OLD.next_case OR NEW.next_batch < OLD.next_batch OR NEW.round_id <> OLD.round_id THEN
    RAISE EXCEPTION 'counters only rise' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'round_counters_only_rise';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER round_counters_rise BEFORE UPDATE ON round_counters FOR EACH ROW EXECUTE FUNCTION sec.counters_only_rise();

-- A case once shown to the destination stays visible there when it is sent back, so that its return can be written.
DROP POLICY destination_select ON rotation_cases;
DROP POLICY destination_update ON rotation_cases;
CREATE POLICY destination_select ON rotation_cases FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{principal,school_hr}'::text[])
    AND to_school_id = ANY ((SELECT sec.schools())::uuid[]) AND shown_to_destination);
CREATE POLICY destination_update ON rotation_cases FOR UPDATE TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{principal,school_hr}'::text[])
    AND to_school_id = ANY ((SELECT sec.schools())::uuid[]) AND shown_to_destination AND state NOT IN ('draft', 'submitted'))
  WITH CHECK ((SELECT sec.role()) = ANY ('{principal,school_hr}'::text[])
    AND to_school_id = ANY ((SELECT sec.schools())::uuid[]) AND shown_to_destination);

-- A second account of one human: separation of duties asks about the person.
CREATE POLICY same_person_select ON users FOR SELECT TO jh_app, jh_worker
  USING (person_id = (SELECT sec.person_id()));

-- Delegation (SD-7): the delegate acts by the delegator's grant, found before the acting role is set.
CREATE POLICY delegated_select ON role_grants FOR SELECT TO jh_app, jh_worker
  USING (id IN (SELECT d.grant_id FROM delegations d WHERE d.to_user = (SELECT sec.user_id()) AND d.ended_at IS NULL));
DROP POLICY to_me_select ON delegations;
CREATE POLICY to_me_select ON delegations FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) IS NOT NULL AND to_user = (SELECT sec.user_id()));
CREATE POLICY delegator_select ON users FOR SELECT TO jh_app, jh_worker
  USING (id IN (SELECT d.from_user FROM delegations d WHERE d.to_user = (SELECT sec.user_id()) AND d.ended_at IS NULL));

CREATE POLICY delegator_select ON recusals FOR SELECT TO jh_app, jh_worker
  USING (user_id IN (SELECT d.from_user FROM delegations d WHERE d.to_user = (SELECT sec.user_id()) AND d.ended_at IS NULL));

CREATE FUNCTION sec.delegation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given role_grants%ROWTYPE;
BEGIN
  SELECT * INTO given FROM role_grants g WHERE g.district_id = NEW.district_id AND g.id = NEW.grant_id;
  IF given.id IS NULL OR given.user_id <> NEW.from_user
     OR given.role NOT IN ('principal', 'bureau_hr', 'bureau_reviewer') THEN -- no delegation of a delegation or of a console
    RAISE EXCEPTION 'SD-7' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'delegations_own_post';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM role_grants g WHERE g.district_id = NEW.district_id AND g.user_id = NEW.to_user
      AND g.valid_from <= lower(NEW.during) AND g.valid_to > lower(NEW.during)
      AND CASE WHEN given.role = 'principal' THEN g.school_id = given.school_id
               ELSE g.role IN ('bureau_hr', 'bureau_reviewer') END) THEN
    RAISE EXCEPTION 'SD-7' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'delegations_same_place';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delegations_guard BEFORE INSERT OR UPDATE OF from_user, to_user, grant_id, during ON delegations
  FOR EACH ROW EXECUTE FUNCTION sec.delegation_guard();

-- SD-1 by person in every pass, with the one stood for; where the policy lets a preparer check, that pair alone is let through.
DROP INDEX case_decisions_three_people;
CREATE UNIQUE INDEX case_decisions_three_people ON case_decisions (district_id, case_id, pass, person_id)
  WHERE part IN ('check', 'decide');

CREATE OR REPLACE FUNCTION sec.case_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject uuid;
  first_preparer uuid;
  round uuid;
  us uuid[] := ARRAY[NEW.person_id] || CASE WHEN NEW.on_behalf_of_person IS NULL THEN '{}'::uuid[] ELSE ARRAY[NEW.on_behalf_of_person] END;
  last_of_part record;
BEGIN
  IF NEW.role = 'system' THEN RETURN NEW; END IF;
  SELECT c.teacher_id, c.prepared_by_person, c.round_id INTO subject, first_preparer, round
    FROM rotation_cases c WHERE c.district_id = NEW.district_id AND c.id = NEW.case_id;
  IF NEW.on_behalf_of IS NOT NULL AND NOT EXISTS ( -- SD-7: only while the delegation runs
    SELECT 1 FROM delegations d WHERE d.district_id = NEW.district_id AND d.from_user = NEW.on_behalf_of AND d.to_user = NEW.user_id
      AND d.grant_id = NEW.grant_id AND d.ended_at IS NULL
      AND d.valid_from <= coalesce((SELECT sec.today()), current_date) AND d.valid_to > coalesce((SELECT sec.today()), current_date)) THEN
    RAISE EXCEPTION 'SD-7' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_delegation_runs';
  END IF;
  IF NEW.part = 'note' THEN RETURN NEW; END IF;
  IF NEW.part <> 'prepare' AND EXISTS (
    SELECT 1 FROM users u WHERE u.district_id = NEW.district_id AND u.teacher_id = subject AND u.person_id = ANY (us)) THEN
    RAISE EXCEPTION 'SD-3' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_not_own_case';
  END IF;
  IF NEW.part <> 'prepare' AND EXISTS (
    SELECT 1 FROM recusals r WHERE r.district_id = NEW.district_id AND r.teacher_id = subject AND r.ended_at IS NULL
      AND r.user_id IN (NEW.user_id, NEW.on_behalf_of)) THEN
    RAISE EXCEPTION 'SD-5' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_recused';
  END IF;
  IF NEW.part = 'approve' AND NEW.paper_date IS NULL THEN -- a step on paper was another person's: 线下代录
    SELECT d.person_id, d.on_behalf_of_person INTO last_of_part FROM case_decisions d
      WHERE d.district_id = NEW.district_id AND d.case_id = NEW.case_id AND d.part = 'approve' AND d.side <> NEW.side AND d.paper_date IS NULL
      ORDER BY d.at DESC, d.id DESC LIMIT 1;
    IF FOUND AND (last_of_part.person_id = ANY (us) OR last_of_part.on_behalf_of_person = ANY (us)) THEN
      RAISE EXCEPTION 'SD-4' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_two_ends';
    END IF;
  END IF;
  IF NEW.part = 'check' AND EXISTS (
    SELECT 1 FROM case_decisions d WHERE d.district_id = NEW.district_id AND d.case_id = NEW.case_id AND d.part = 'approve'
      AND d.paper_date IS NULL AND d.role IN ('bureau_hr', 'bureau_reviewer')
      AND (d.person_id = ANY (us) OR d.on_behalf_of_person = ANY (us))) THEN
    RAISE EXCEPTION 'SD-4' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_ruler_checks';
  END IF;
  IF NEW.part IN ('check', 'decide') AND (first_preparer = ANY (us) OR EXISTS (
      SELECT 1 FROM case_decisions d WHERE d.district_id = NEW.district_id AND d.case_id = NEW.case_id AND d.part = 'prepare'
        AND (d.person_id = ANY (us) OR d.on_behalf_of_person = ANY (us))))
     AND NOT (NEW.part = 'check' AND EXISTS (
      SELECT 1 FROM rotation_rounds r JOIN policies p ON p.district_id = r.district_id AND p.id = r.policy_id
      WHERE r.district_id = NEW.district_id AND r.id = round AND (p.content #>> '{process,preparerMayCheck}') = 'true')) THEN
    RAISE EXCEPTION 'SD-1' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_three_people';
  END IF;
  IF NEW.part = 'decide' THEN
    SELECT d.person_id, d.on_behalf_of_person INTO last_of_part FROM case_decisions d
      WHERE d.district_id = NEW.district_id AND d.case_id = NEW.case_id AND d.part = 'check' ORDER BY d.at DESC, d.id DESC LIMIT 1;
    IF FOUND AND (last_of_part.person_id = ANY (us) OR last_of_part.on_behalf_of_person = ANY (us)) THEN
      RAISE EXCEPTION 'SD-1' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_three_people';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- A paper step is confirmed by another person than the one who entered it, and nothing else about it changes.
CREATE FUNCTION sec.case_decision_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'paper_confirmed_by' - 'paper_confirmed_at' <> to_jsonb(OLD) - 'paper_confirmed_by' - 'paper_confirmed_at'
     OR OLD.paper_confirmed_by IS NOT NULL OR OLD.paper_date IS NULL
     OR EXISTS (SELECT 1 FROM users u WHERE u.district_id = NEW.district_id AND u.id = NEW.paper_confirmed_by AND u.person_id = OLD.person_id) THEN
    RAISE EXCEPTION 'decisions stand' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_fixed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_decisions_fixed BEFORE UPDATE ON case_decisions FOR EACH ROW EXECUTE FUNCTION sec.case_decision_fixed();

-- Overrule: the decision is the asker's, written in the transaction of the person who confirmed it.
CREATE POLICY overrule_insert ON case_decisions FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer}'::text[]) AND part = 'decide' AND EXISTS (
    SELECT 1 FROM approvals2 a WHERE a.district_id = case_decisions.district_id AND a.operation = 'rotation.case.overrule'
      AND a.asked_by = case_decisions.user_id AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved'
      AND a.executed_at = case_decisions.at));
CREATE POLICY overrule_insert ON decision_batches FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_hr' AND overrule_confirmed_by = (SELECT sec.user_id()) AND EXISTS (
    SELECT 1 FROM approvals2 a WHERE a.district_id = decision_batches.district_id AND a.operation = 'rotation.case.overrule'
      AND a.asked_by = decision_batches.decided_by AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved'));
