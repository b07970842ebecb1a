-- Exchanges found among wishes are offered to the people concerned before they become cases (planner.md §10).
CREATE TABLE exchange_consents (
  district_id uuid NOT NULL,
  id uuid NOT NULL,
  scenario_id uuid NOT NULL,
  round_id uuid NOT NULL,
  cycle integer NOT NULL,
  teacher_id uuid NOT NULL,
  from_school_id uuid NOT NULL,
  to_school_id uuid NOT NULL,
  stage text NOT NULL,
  subject text NOT NULL,
  agreed boolean,
  offered_by uuid NOT NULL,
  offered_at timestamptz NOT NULL,
  answered_at timestamptz,
  CONSTRAINT exchange_consents_pk PRIMARY KEY (district_id, id),
  CONSTRAINT exchange_consents_of_scenario FOREIGN KEY (district_id, scenario_id) REFERENCES scenarios (district_id, id) ON DELETE CASCADE,
  CONSTRAINT exchange_consents_of_round FOREIGN KEY (district_id, round_id) REFERENCES rotation_rounds (district_id, id),
  CONSTRAINT exchange_consents_of_teacher FOREIGN KEY (district_id, teacher_id) REFERENCES teachers (district_id, id),
  CONSTRAINT exchange_consents_from_school FOREIGN KEY (district_id, from_school_id) REFERENCES schools (district_id, id),
  CONSTRAINT exchange_consents_to_school FOREIGN KEY (district_id, to_school_id) REFERENCES schools (district_id, id),
  CONSTRAINT exchange_consents_once UNIQUE (district_id, scenario_id, teacher_id),
  CONSTRAINT exchange_consents_answered_dated CHECK ((agreed IS NULL) = (answered_at IS NULL))
);
CREATE INDEX exchange_consents_by_teacher ON exchange_consents (district_id, teacher_id);
ALTER TABLE exchange_consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_consents FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON exchange_consents AS RESTRICTIVE TO jh_app, jh_worker
  USING (district_id = (SELECT sec.district())) WITH CHECK (district_id = (SELECT sec.district()));
CREATE POLICY system_work ON exchange_consents TO jh_worker
  USING ((SELECT sec.role()) = 'system') WITH CHECK ((SELECT sec.role()) = 'system');
CREATE POLICY data_migration ON exchange_consents TO jh_migrate USING (true) WITH CHECK (true);
CREATE POLICY hr_select ON exchange_consents FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer}'::text[]));
CREATE POLICY hr_insert ON exchange_consents FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_hr' AND agreed IS NULL AND offered_by = (SELECT sec.user_id()));
-- A scenario's offers go with it when it is deleted.
CREATE POLICY hr_delete ON exchange_consents FOR DELETE TO jh_app, jh_worker USING ((SELECT sec.role()) = 'bureau_hr');
CREATE POLICY own_select ON exchange_consents FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'teacher' AND teacher_id = (SELECT sec.teacher_id()));
CREATE POLICY own_update ON exchange_consents FOR UPDATE TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'teacher' AND teacher_id = (SELECT sec.teacher_id()))
  WITH CHECK (agreed IS NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_consents TO jh_app, jh_worker;

CREATE FUNCTION sec.exchange_consent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'agreed' - 'answered_at' <> to_jsonb(OLD) - 'agreed' - 'answered_at' THEN
    RAISE EXCEPTION 'an offer stands as made' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'exchange_consents_fixed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_consents_guard BEFORE UPDATE ON exchange_consents FOR EACH ROW EXECUTE FUNCTION sec.exchange_consent_guard();
