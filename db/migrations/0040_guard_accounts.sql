-- Accounts, grants and sessions: what the pages of the three administrators stand on, and policies put right after
-- trying every cell of security.md §2.3 in SQL (tests/db/access).

-- Accounts know the school they are listed under; it gives no right.
ALTER TABLE users ADD COLUMN school_id uuid;
CREATE INDEX users_by_school ON users (district_id, school_id);

-- A grant can end at once, also on the day it began: `during` keeps at least that day, ended_at says the moment.
ALTER TABLE role_grants ADD COLUMN ended_at timestamptz, ADD COLUMN ended_by uuid, ADD COLUMN end_reason text;
ALTER TABLE role_grants
  ADD CONSTRAINT role_grants_flags_known CHECK (flags <@ ARRAY['evidence', 'cadre']),
  -- bureau roles and the two flags take two people; granted_by is empty only for set-up, seeding and the register
  ADD CONSTRAINT role_grants_bureau_by_two CHECK (
    granted_by IS NULL OR (role IN ('principal', 'school_hr', 'teacher') AND flags = '{}')
    OR (confirmed_by IS NOT NULL AND confirmed_by <> granted_by)),
  ADD CONSTRAINT role_grants_not_confirmed_for_oneself CHECK (confirmed_by IS NULL OR confirmed_by <> user_id);

-- A grant changes in one way only: it ends, earlier than it would have.
CREATE FUNCTION sec.grant_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - '{during,valid_from,valid_to,ended_at,ended_by,end_reason}'::text[])
       IS DISTINCT FROM (to_jsonb(OLD) - '{during,valid_from,valid_to,ended_at,ended_by,end_reason}'::text[])
     OR lower(NEW.during) IS DISTINCT FROM lower(OLD.during)
     OR coalesce(upper(NEW.during), 'infinity'::date) > coalesce(upper(OLD.during), 'infinity'::date)
     OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
    RAISE EXCEPTION 'a grant only ends' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'role_grants_only_end';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER role_grants_only_end BEFORE UPDATE ON role_grants FOR EACH ROW EXECUTE FUNCTION sec.grant_only_ends();

-- Who is who never changes once an account exists, nor whether a district is a demo.
CREATE FUNCTION sec.identity_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'fixed for good' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_identity_fixed';
END $$;
CREATE TRIGGER users_identity_fixed BEFORE UPDATE ON users FOR EACH ROW
  WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.teacher_id IS DISTINCT FROM NEW.teacher_id
    OR OLD.login IS DISTINCT FROM NEW.login) EXECUTE FUNCTION sec.identity_fixed();
CREATE TRIGGER districts_identity_fixed BEFORE UPDATE ON districts FOR EACH ROW
  WHEN (OLD.demo IS DISTINCT FROM NEW.demo OR OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION sec.identity_fixed();

-- Columns the application may change; the rest of these tables is written once.
REVOKE UPDATE ON users, districts, sessions, role_grants, approvals2 FROM jh_app;
GRANT UPDATE (display_name, school_id, disabled_at, session_version, locale, privacy_accepted_at, welcomed_at, last_sign_in_at)
  ON users TO jh_app;
GRANT UPDATE (name, document_prefix, settings) ON districts TO jh_app;
GRANT UPDATE (grant_id, last_seen_at, ended_at, end_reason) ON sessions TO jh_app;
GRANT UPDATE (during, ended_at, ended_by, end_reason) ON role_grants TO jh_app;
GRANT UPDATE (expires_at, answered_by, answered_by_person, answered_by_name, answered_at, answer_reason, verdict, executed_at)
  ON approvals2 TO jh_app;
REVOKE INSERT ON districts, data_keys FROM jh_app;
REVOKE UPDATE ON data_keys, reveals, export_log, idempotency_keys, candidate_events, after_decisions, year_closings, eligibility_rolls,
  roll_entries, field_changes, decision_batches FROM jh_app;

-- approvals2: answered once, by somebody else than who asked, in one's own name.
DROP POLICY ask_insert ON approvals2;
DROP POLICY answer_update ON approvals2;
CREATE POLICY ask_insert ON approvals2 FOR INSERT TO jh_app, jh_worker WITH CHECK (
  (SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer,bureau_admin,bureau_security,principal}'::text[])
  AND asked_by = (SELECT sec.user_id()) AND asked_by_person = (SELECT sec.person_id()) AND verdict IS NULL);
CREATE POLICY answer_update ON approvals2 FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer,bureau_admin,bureau_security}'::text[])
  AND verdict IS NULL AND asked_by <> (SELECT sec.user_id())
) WITH CHECK (answered_by = (SELECT sec.user_id()) AND answered_by_person = (SELECT sec.person_id()));
-- the asker may take an open request back: it expires now, and can never be made to last longer
CREATE POLICY take_back_update ON approvals2 FOR UPDATE TO jh_app, jh_worker USING (
  asked_by = (SELECT sec.user_id()) AND verdict IS NULL
) WITH CHECK (asked_by = (SELECT sec.user_id()) AND verdict IS NULL AND answered_by IS NULL AND expires_at <= statement_timestamp() + interval '1 minute');
CREATE POLICY own_asks_select ON approvals2 FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'principal' AND asked_by = (SELECT sec.user_id()));

-- role_grants: the security administrator alone for school roles, a ticket answered in this transaction for the rest.
DROP POLICY security_insert ON role_grants;
DROP POLICY security_update ON role_grants;
CREATE POLICY security_insert ON role_grants FOR INSERT TO jh_app, jh_worker WITH CHECK (
  (SELECT sec.role()) = 'bureau_security' AND role IN ('principal', 'school_hr', 'teacher') AND flags = '{}'
  AND granted_by = (SELECT sec.user_id()));
CREATE POLICY confirmed_insert ON role_grants FOR INSERT TO jh_app, jh_worker WITH CHECK (
  (SELECT sec.role()) = ANY ('{bureau_security,bureau_admin,bureau_reviewer}'::text[])
  AND confirmed_by = (SELECT sec.user_id())
  AND EXISTS (SELECT 1 FROM approvals2 a WHERE a.operation IN ('platform.grant.give', 'platform.grant.propose')
    AND a.subject_id = role_grants.user_id::text AND a.asked_by = role_grants.granted_by
    AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved'));
CREATE POLICY security_update ON role_grants FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'bureau_security' AND role IN ('principal', 'school_hr', 'teacher') AND flags = '{}'
) WITH CHECK (ended_by = (SELECT sec.user_id()));
CREATE POLICY confirmed_update ON role_grants FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{bureau_security,bureau_admin,bureau_reviewer}'::text[])
  AND EXISTS (SELECT 1 FROM approvals2 a WHERE a.operation = 'platform.grant.end' AND a.subject_id = role_grants.id::text
    AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved')
) WITH CHECK (ended_by IS NOT NULL);

-- sessions: an administrator can end one, not revive or retarget it.
DROP POLICY consoles_update ON sessions;
CREATE POLICY consoles_update ON sessions FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{bureau_admin,bureau_security}'::text[])) WITH CHECK (ended_at IS NOT NULL);

-- districts: limits of sign-in need two people; in a demo district personnel may move the clock.
CREATE POLICY limits_update ON districts FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{bureau_security,bureau_reviewer}'::text[])
  AND EXISTS (SELECT 1 FROM approvals2 a WHERE a.operation = 'platform.settings.limits' AND a.subject_id = districts.id::text
    AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved')
) WITH CHECK (true);
CREATE POLICY demo_clock_update ON districts FOR UPDATE TO jh_app, jh_worker USING ((SELECT sec.role()) = 'bureau_hr' AND demo)
  WITH CHECK (demo);

-- users and credentials
DROP POLICY anyone_select ON schools; -- before sign-in only the account being signed in needs its school's name
CREATE POLICY signing_in_select ON schools FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'anonymous' AND (SELECT sec.user_id()) IS NOT NULL);

-- §2.3 row by row, where the first policies were wider or narrower than the matrix ------------------------------------
-- honours: a school enters them, a correction is the bureau's
DROP POLICY school_update ON honours;
-- post grades: a school keeps them like titles and certificates
CREATE POLICY school_insert ON post_grades FOR INSERT TO jh_app, jh_worker WITH CHECK (
  (SELECT sec.role()) = 'school_hr' AND teacher_id IN (SELECT a.teacher_id FROM teacher_access a
    WHERE a.school_id = ANY ((SELECT sec.schools())::uuid[]) AND a.until > (SELECT sec.today())));
CREATE POLICY school_update ON post_grades FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'school_hr' AND teacher_id IN (SELECT a.teacher_id FROM teacher_access a
    WHERE a.school_id = ANY ((SELECT sec.schools())::uuid[]) AND a.until > (SELECT sec.today())));
-- weak_school_listings and drafts of notices are open to the auditor
CREATE POLICY auditor_select ON weak_school_listings FOR SELECT TO jh_app, jh_worker USING ((SELECT sec.role()) = 'bureau_auditor');
CREATE POLICY auditor_select ON public_notices FOR SELECT TO jh_app, jh_worker USING ((SELECT sec.role()) = 'bureau_auditor');
-- delegations: personnel sees its own, like every delegator
DROP POLICY readers_select ON delegations;
CREATE POLICY readers_select ON delegations FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{bureau_security,bureau_auditor}'::text[]));
-- export_log: a teacher sees who took their row out (PIPL Art. 45)
CREATE POLICY own_select ON export_log FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'teacher' AND (SELECT sec.teacher_id()) = ANY (teacher_ids));
-- the trail of a case, for the schools that see the case
CREATE POLICY case_trail_select ON audit_events FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{principal,school_hr}'::text[]) AND resource = 'case'
  AND object_id IN (SELECT c.id::text FROM rotation_cases c));
-- wishes: sealed until applications close; then the bureau and the principal of the school left
DROP POLICY bureau_select ON wishes;
DROP POLICY reviewer_select ON wishes;
DROP POLICY origin_select ON wishes;
CREATE POLICY bureau_select ON wishes FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer}'::text[]) AND case_id IN (
    SELECT c.id FROM rotation_cases c JOIN rotation_rounds r ON r.district_id = c.district_id AND r.id = c.round_id
    WHERE r.apply_until IS NULL OR r.apply_until < (SELECT sec.today()) OR r.state = 'closed'));
CREATE POLICY origin_select ON wishes FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'principal' AND case_id IN (
    SELECT c.id FROM rotation_cases c JOIN rotation_rounds r ON r.district_id = c.district_id AND r.id = c.round_id
    WHERE c.from_school_id = ANY ((SELECT sec.schools())::uuid[])
      AND (r.apply_until IS NULL OR r.apply_until < (SELECT sec.today()) OR r.state = 'closed')));
-- vacancies: only a suggestion can be thrown away
DROP POLICY hr_delete ON vacancies;
DROP POLICY school_delete ON vacancies;
CREATE POLICY hr_delete ON vacancies FOR DELETE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'bureau_hr' AND state = 'suggested');
CREATE POLICY school_delete ON vacancies FOR DELETE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'school_hr' AND state = 'suggested' AND school_id = ANY ((SELECT sec.schools())::uuid[]));

-- SEC-T2: the school a person would go to learns of a case only once the origin agreed; a case refused or withdrawn
-- before that stays unknown to it. The row carries the fact, a policy over decisions would recurse.
CREATE FUNCTION sec.case_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.shown_to_destination := NEW.to_school_id IS NOT NULL AND (
    NEW.state NOT IN ('draft', 'submitted', 'rejected', 'withdrawn')
    OR (TG_OP = 'UPDATE' AND OLD.shown_to_destination AND OLD.to_school_id IS NOT DISTINCT FROM NEW.to_school_id));
  RETURN NEW;
END $$;
CREATE TRIGGER rotation_cases_shown BEFORE INSERT OR UPDATE ON rotation_cases FOR EACH ROW EXECUTE FUNCTION sec.case_shown();
-- rows of before: those whose origin has agreed
UPDATE rotation_cases SET shown_to_destination = true
  WHERE to_school_id IS NOT NULL AND state NOT IN ('draft', 'submitted', 'rejected', 'withdrawn');
DROP POLICY destination_select ON rotation_cases;
DROP POLICY destination_update ON rotation_cases;
CREATE POLICY destination_select ON rotation_cases FOR SELECT TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{principal,school_hr}'::text[])
  AND to_school_id = ANY ((SELECT sec.schools())::uuid[]) AND shown_to_destination);
CREATE POLICY destination_update ON rotation_cases FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = ANY ('{principal,school_hr}'::text[])
  AND to_school_id = ANY ((SELECT sec.schools())::uuid[]) AND shown_to_destination);

-- SD-5: anyone declares a relation, only the security administrator takes one away
CREATE FUNCTION sec.recusal_end_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce((SELECT sec.role()), '') NOT IN ('bureau_security', 'system') AND current_user IN ('jh_app', 'jh_worker') THEN
    RAISE EXCEPTION 'SD-5' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'recusals_ended_by_security';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recusals_end_guard BEFORE UPDATE ON recusals FOR EACH ROW
  WHEN (OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.user_id IS DISTINCT FROM NEW.user_id
    OR OLD.teacher_id IS DISTINCT FROM NEW.teacher_id)
  EXECUTE FUNCTION sec.recusal_end_guard();

-- audit_heads carry what they were made for and the number of links; the signer works as the worker
ALTER TABLE audit_heads ADD COLUMN count bigint NOT NULL DEFAULT 0, ADD COLUMN key_id text NOT NULL DEFAULT '';
CREATE INDEX audit_events_by_action ON audit_events (district_id, action, at);

-- SD-10: the security administrator closes an auditor's account only on a ticket the system administrator asked for
CREATE POLICY confirmed_update ON users FOR UPDATE TO jh_app, jh_worker USING (
  (SELECT sec.role()) = 'bureau_security'
  AND EXISTS (SELECT 1 FROM approvals2 a WHERE a.operation = 'platform.user.disableAuditor' AND a.subject_id = users.id::text
    AND a.answered_by = (SELECT sec.user_id()) AND a.verdict = 'approved')
) WITH CHECK (disabled_at IS NOT NULL);
