-- Exchanges become cases (planner.md §10): an offer has its own id, which its cases carry too, so that another search of the
-- scenario cannot move it, and a day until which it is to be answered.
ALTER TABLE rotation_cases ADD COLUMN exchange_id uuid;
CREATE INDEX rotation_cases_by_exchange ON rotation_cases (district_id, exchange_id) WHERE exchange_id IS NOT NULL;

DROP TRIGGER exchange_consents_guard ON exchange_consents;
ALTER TABLE exchange_consents
  ADD COLUMN exchange_id uuid,
  ADD COLUMN rank integer NOT NULL DEFAULT 1,
  ADD COLUMN answer_until date,
  ADD COLUMN case_id uuid,
  ADD COLUMN withdrawn_at timestamptz;
SET LOCAL ROLE jh_migrate; -- rows are reached by the policy of data migrations
UPDATE exchange_consents SET exchange_id = md5(scenario_id::text || '/' || cycle)::uuid, answer_until = offered_at::date + 7;
SET LOCAL ROLE jh_owner;
ALTER TABLE exchange_consents
  ALTER COLUMN exchange_id SET NOT NULL,
  ALTER COLUMN answer_until SET NOT NULL,
  ALTER COLUMN rank DROP DEFAULT,
  DROP COLUMN cycle,
  DROP CONSTRAINT exchange_consents_once,
  ADD CONSTRAINT exchange_consents_once UNIQUE (district_id, exchange_id, teacher_id),
  ADD CONSTRAINT exchange_consents_of_case FOREIGN KEY (district_id, case_id) REFERENCES rotation_cases (district_id, id),
  ADD CONSTRAINT exchange_consents_case_agreed CHECK (case_id IS NULL OR (agreed AND withdrawn_at IS NULL));
CREATE INDEX exchange_consents_by_round ON exchange_consents (district_id, round_id);

-- Made into cases, or taken back, by the bureau; what the person answered is nobody else's to write.
CREATE POLICY hr_update ON exchange_consents FOR UPDATE TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'bureau_hr') WITH CHECK ((SELECT sec.role()) = 'bureau_hr');
CREATE OR REPLACE FUNCTION sec.exchange_consent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own CONSTANT text[] := '{agreed,answered_at}';
  bureau CONSTANT text[] := '{case_id,withdrawn_at}';
BEGIN
  IF to_jsonb(NEW) - own - bureau <> to_jsonb(OLD) - own - bureau
     OR (OLD.agreed IS NOT NULL AND (NEW.agreed, NEW.answered_at) IS DISTINCT FROM (OLD.agreed, OLD.answered_at))
     OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id)
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
     OR (sec.role() = 'teacher' AND (NEW.case_id, NEW.withdrawn_at) IS DISTINCT FROM (OLD.case_id, OLD.withdrawn_at))
     OR (sec.role() = 'bureau_hr' AND (NEW.agreed, NEW.answered_at) IS DISTINCT FROM (OLD.agreed, OLD.answered_at)) THEN
    RAISE EXCEPTION 'an offer stands as made' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'exchange_consents_fixed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_consents_guard BEFORE UPDATE ON exchange_consents FOR EACH ROW EXECUTE FUNCTION sec.exchange_consent_guard();
