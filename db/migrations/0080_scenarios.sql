-- Scenarios of the planner (planner.md §6, §8): the instance kept byte for byte as it was hashed, what the hand set, the
-- queue, and a plan that becomes cases only when the checker found nothing wrong with it.
ALTER TABLE scenarios
  ALTER COLUMN instance TYPE text USING instance::text,
  ADD COLUMN schools jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN hand jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN prices jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN exchanges jsonb,
  ADD COLUMN roll_id uuid,
  ADD COLUMN job_id uuid,
  ADD COLUMN time_limit integer,
  ADD COLUMN cancel_asked boolean NOT NULL DEFAULT false,
  ADD COLUMN queued_at timestamptz,
  ADD COLUMN started_at timestamptz,
  ADD COLUMN finished_at timestamptz,
  ADD CONSTRAINT scenarios_of_roll FOREIGN KEY (district_id, roll_id) REFERENCES eligibility_rolls (district_id, id),
  ADD CONSTRAINT scenarios_time_limit_sane CHECK (time_limit IS NULL OR time_limit BETWEEN 1 AND 3600),
  ADD CONSTRAINT scenarios_plan_checked CHECK (state NOT IN ('solved', 'adopted') OR (result IS NOT NULL AND ("check" ->> 'ok') = 'true')),
  ADD CONSTRAINT scenarios_adopted_of_round CHECK (state <> 'adopted' OR (round_id IS NOT NULL AND adopted_at IS NOT NULL)),
  ADD CONSTRAINT scenarios_name_not_empty CHECK (length(name) BETWEEN 1 AND 120);
CREATE UNIQUE INDEX scenarios_one_adopted ON scenarios (district_id, round_id) WHERE state = 'adopted';
CREATE UNIQUE INDEX scenarios_name_once ON scenarios (district_id, round_id, name);
CREATE INDEX scenarios_waiting ON scenarios (district_id, state, queued_at);

-- Frozen: the instance changes only in a draft, its digest is that of its bytes; a plan is replaced only together with its
-- check; only a solved scenario is adopted, and an adopted one stands.
CREATE FUNCTION sec.scenario_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.instance_sha256 <> encode(sha256(convert_to(NEW.instance, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'not the bytes of the instance' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'scenarios_instance_bytes';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state = 'adopted' THEN
      RAISE EXCEPTION 'not solved' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'scenarios_adopted_from_solved';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.round_id IS DISTINCT FROM OLD.round_id OR NEW.roll_id IS DISTINCT FROM OLD.roll_id
     OR (NEW.instance IS DISTINCT FROM OLD.instance AND NOT (OLD.state = 'draft' AND NEW.state = 'draft')) THEN
    RAISE EXCEPTION 'a scenario is frozen' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'scenarios_frozen';
  END IF;
  IF OLD.state = 'adopted' AND to_jsonb(NEW) - 'prices' <> to_jsonb(OLD) - 'prices' THEN
    RAISE EXCEPTION 'an adopted scenario stands' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'scenarios_frozen';
  END IF;
  IF NEW.state = 'adopted' AND OLD.state <> 'adopted' AND (OLD.state <> 'solved' OR NEW.result IS DISTINCT FROM OLD.result) THEN
    RAISE EXCEPTION 'not solved' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'scenarios_adopted_from_solved';
  END IF;
  IF NEW.result IS DISTINCT FROM OLD.result AND NEW."check" IS NOT DISTINCT FROM OLD."check" AND NEW.result IS NOT NULL THEN
    RAISE EXCEPTION 'a plan without its check' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'scenarios_plan_checked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER scenarios_guard BEFORE INSERT OR UPDATE ON scenarios FOR EACH ROW EXECUTE FUNCTION sec.scenario_guard();

-- Adoption: the cases are prepared by the one who submitted the scenario, in the transaction of the one who approved it.
CREATE POLICY adopt_insert ON case_decisions FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_reviewer' AND part = 'prepare' AND EXISTS (
    SELECT 1 FROM approvals2 a WHERE a.district_id = case_decisions.district_id AND a.operation = 'rotation.scenario.adopt'
      AND a.asked_by = case_decisions.user_id AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved'
      AND a.executed_at = case_decisions.at));
