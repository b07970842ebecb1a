-- After 局审定: batches of orders, what reviewers write when they confirm, forms of upper bureaus, and the last locks.

ALTER TABLE orders ADD COLUMN batch_id uuid, ADD COLUMN reminded_on date, ADD COLUMN issued_on date;
CREATE INDEX orders_by_batch ON orders (district_id, batch_id);
ALTER TABLE foreign_tables
  ADD COLUMN sheet text NOT NULL DEFAULT '',
  ADD COLUMN header_row integer NOT NULL DEFAULT 1,
  ADD COLUMN headings jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN file_id uuid;
ALTER TABLE service_assessments ADD CONSTRAINT service_assessments_result_known
  CHECK (result IN ('excellent', 'pass', 'basic', 'fail', 'ungraded'));
ALTER TABLE objections
  ADD CONSTRAINT objections_outcome_written CHECK (state = 'open' OR (outcome IS NOT NULL AND decided_by IS NOT NULL)),
  ADD CONSTRAINT objections_decider_not_handler CHECK (decided_by IS NULL OR decided_by <> handler_id);

-- The day is the district's day of the act: a demo district may live ahead of the clock.
CREATE OR REPLACE FUNCTION sec.order_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'issued' AND NEW.kind IN ('transfer', 'posting') AND (TG_OP = 'INSERT' OR OLD.state <> 'issued') AND NOT EXISTS (
    SELECT 1 FROM rotation_cases c JOIN public_notices n ON n.district_id = c.district_id AND n.id = c.notice_id
    WHERE c.district_id = NEW.district_id AND c.id = NEW.case_id AND c.state IN ('ready', 'ordered')
      AND n.state <> 'withdrawn' AND n.ends_on < coalesce((SELECT sec.today()),
        (NEW.issued_at AT TIME ZONE (SELECT d.time_zone FROM districts d WHERE d.id = NEW.district_id))::date)) THEN
    RAISE EXCEPTION 'order before notice end' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'orders_after_notice';
  END IF;
  RETURN NEW;
END $$;

-- A case with an open objection is in no order, whatever its state says in the moment between entering and freezing.
CREATE FUNCTION sec.order_objection_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'issued' AND (TG_OP = 'INSERT' OR OLD.state <> 'issued') AND EXISTS (
    SELECT 1 FROM objections o WHERE o.district_id = NEW.district_id AND o.case_id = NEW.case_id AND o.state = 'open') THEN
    RAISE EXCEPTION 'objection open' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'orders_no_open_objection';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_objection BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION sec.order_objection_guard();

-- What was posted is what people read: its lines never change after publication, nor does an issued order's number or day of issue.
CREATE FUNCTION sec.notice_entry_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE notice uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.notice_id ELSE NEW.notice_id END;
        district uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.district_id ELSE NEW.district_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM public_notices n WHERE n.district_id = district AND n.id = notice AND n.state <> 'draft') THEN
    RAISE EXCEPTION 'posted' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'notice_entries_fixed_once_posted';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER notice_entries_fixed BEFORE INSERT OR UPDATE OR DELETE ON notice_entries
  FOR EACH ROW EXECUTE FUNCTION sec.notice_entry_fixed();
CREATE FUNCTION sec.order_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW (NEW.case_id, NEW.prefix, NEW.year, NEW.serial, NEW.kind) IS DISTINCT FROM ROW (OLD.case_id, OLD.prefix, OLD.year, OLD.serial, OLD.kind)
     OR (OLD.issued_at IS NOT NULL AND ROW (NEW.issued_at, NEW.issued_by, NEW.effective_on) IS DISTINCT FROM ROW (OLD.issued_at, OLD.issued_by, OLD.effective_on))
     OR (OLD.applied_at IS NOT NULL AND NEW.applied_at IS DISTINCT FROM OLD.applied_at)
     OR (OLD.state = 'cancelled' AND NEW.state <> 'cancelled') THEN
    RAISE EXCEPTION 'order stands' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'orders_stand';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_fixed BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION sec.order_fixed();

-- The reviewer's confirmation of 更正、改派、递补 posts a notice of one entry, prepared by the HR person who asked.
CREATE POLICY reviewer_insert ON public_notices FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_reviewer' AND kind = 'correction' AND state = 'draft');
CREATE POLICY reviewer_insert ON notice_entries FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_reviewer' AND notice_id IN (SELECT n.id FROM public_notices n WHERE n.kind = 'correction'));
-- The entry of the substitute names the person who asked as preparer; the decision is the reviewer's own.
CREATE POLICY substitute_insert ON case_decisions FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_reviewer' AND part = 'prepare' AND EXISTS (
    SELECT 1 FROM approvals2 a WHERE a.district_id = case_decisions.district_id AND a.operation = 'rotation.afterDecision'
      AND a.asked_by = case_decisions.user_id AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved'));
