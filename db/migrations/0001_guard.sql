-- What the schema generator cannot say: scope functions, exclusions, triggers, grants and row-level security.
-- Policies are written by hand, apart from lib/rules/access/permissions.ts: a mistake must be made twice to pass.

CREATE SCHEMA IF NOT EXISTS sec;

-- Scope of the transaction. No scope means no rows; after SET LOCAL a setting is the empty string, hence nullif.
CREATE FUNCTION sec.district() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.district', true), '')::uuid $$;
CREATE FUNCTION sec.user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
CREATE FUNCTION sec.person_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.person_id', true), '')::uuid $$;
CREATE FUNCTION sec.role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.role', true), '') $$;
CREATE FUNCTION sec.schools() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('app.schools', true), ''), '{}')::uuid[] $$;
CREATE FUNCTION sec.teacher_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.teacher_id', true), '')::uuid $$;
CREATE FUNCTION sec.grant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.grant_id', true), '')::uuid $$;
CREATE FUNCTION sec.flags() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('app.flags', true), ''), '{}')::text[] $$;
CREATE FUNCTION sec.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.today', true), '')::date $$;
CREATE FUNCTION sec.login() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.login', true), '') $$;
CREATE FUNCTION sec.session_hash() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT decode(nullif(current_setting('app.session_hash', true), ''), 'hex') $$;
CREATE FUNCTION sec.link_hash() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT decode(nullif(current_setting('app.link_hash', true), ''), 'hex') $$;
GRANT USAGE ON SCHEMA sec TO jh_app, jh_worker, jh_access;
GRANT USAGE ON SCHEMA public TO jh_app, jh_worker, jh_access;

-- Exclusions ------------------------------------------------------------------------------------------------------
ALTER TABLE appointments -- full-time never overlaps; part-time may overlap part-time only: one WHERE cannot say both
  ADD CONSTRAINT appointments_one_establishment EXCLUDE USING gist
    (district_id WITH =, teacher_id WITH =, during WITH &&) WHERE (kind = 'establishment'),
  ADD CONSTRAINT appointments_full_time_alone EXCLUDE USING gist
    (district_id WITH =, teacher_id WITH =, during WITH &&) WHERE (kind = 'service' AND NOT part_time),
  ADD CONSTRAINT appointments_no_mixed_service EXCLUDE USING gist
    (district_id WITH =, teacher_id WITH =, during WITH &&, (part_time::int) WITH <>) WHERE (kind = 'service');
ALTER TABLE employments ADD CONSTRAINT employments_one_at_a_time EXCLUDE USING gist
  (district_id WITH =, teacher_id WITH =, during WITH &&);
ALTER TABLE titles ADD CONSTRAINT titles_one_at_a_time EXCLUDE USING gist
  (district_id WITH =, teacher_id WITH =, kind WITH =, during WITH &&);
ALTER TABLE post_grades ADD CONSTRAINT post_grades_one_at_a_time EXCLUDE USING gist
  (district_id WITH =, teacher_id WITH =, during WITH &&);
ALTER TABLE principalships ADD CONSTRAINT principalships_one_head EXCLUDE USING gist
  (district_id WITH =, school_id WITH =, during WITH &&);
ALTER TABLE group_memberships ADD CONSTRAINT group_memberships_one_group EXCLUDE USING gist
  (district_id WITH =, school_id WITH =, during WITH &&);
ALTER TABLE studio_memberships
  ADD CONSTRAINT studio_memberships_one_host EXCLUDE USING gist
    (district_id WITH =, studio_id WITH =, during WITH &&) WHERE (role = 'host'),
  ADD CONSTRAINT studio_memberships_once EXCLUDE USING gist
    (district_id WITH =, studio_id WITH =, teacher_id WITH =, during WITH &&);
ALTER TABLE role_grants
  -- SD-6 三员分立: one person at most one of the three consoles, and no business role beside it
  ADD CONSTRAINT role_grants_one_console EXCLUDE USING gist
    (district_id WITH =, person_id WITH =, during WITH &&)
    WHERE (role IN ('bureau_admin', 'bureau_security', 'bureau_auditor')),
  ADD CONSTRAINT role_grants_console_alone EXCLUDE USING gist
    (district_id WITH =, person_id WITH =, during WITH &&,
     ((role IN ('bureau_admin', 'bureau_security', 'bureau_auditor'))::int) WITH <>);

-- Who a school may see --------------------------------------------------------------------------------------------
-- Owned by a narrow role that can touch teacher_access and nothing else; the application only reads that table.
CREATE FUNCTION sec.appointment_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM teacher_access WHERE district_id = OLD.district_id AND source_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO teacher_access (district_id, school_id, teacher_id, why, source_id, until)
    VALUES (NEW.district_id, NEW.school_id, NEW.teacher_id, 'appointment', NEW.id, coalesce(upper(NEW.during), 'infinity'));
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION sec.case_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM teacher_access WHERE district_id = OLD.district_id AND source_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.to_school_id IS NOT NULL
     AND NEW.state NOT IN ('draft', 'submitted', 'rejected', 'withdrawn', 'completed', 'terminated') THEN
    INSERT INTO teacher_access (district_id, school_id, teacher_id, why, source_id, until)
    VALUES (NEW.district_id, NEW.to_school_id, NEW.teacher_id, 'case', NEW.id, 'infinity');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER appointments_keep_access AFTER INSERT OR UPDATE OR DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION sec.appointment_access();
CREATE TRIGGER rotation_cases_keep_access AFTER INSERT OR UPDATE OR DELETE ON rotation_cases
  FOR EACH ROW EXECUTE FUNCTION sec.case_access();

-- The list of districts for the sign-in page: names only.
CREATE FUNCTION sec.district_list() RETURNS TABLE (id uuid, code text, name text, demo boolean, time_zone text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT d.id, d.code, d.name, d.demo, d.time_zone FROM districts d ORDER BY d.code $$;

GRANT SELECT, INSERT, DELETE ON teacher_access TO jh_access;
GRANT SELECT ON districts TO jh_access;
CREATE POLICY access_keeper ON teacher_access TO jh_access USING (true) WITH CHECK (true);
CREATE POLICY access_keeper ON districts FOR SELECT TO jh_access USING (true);
GRANT CREATE ON SCHEMA sec TO jh_access;
ALTER FUNCTION sec.appointment_access() OWNER TO jh_access;
ALTER FUNCTION sec.case_access() OWNER TO jh_access;
ALTER FUNCTION sec.district_list() OWNER TO jh_access;
REVOKE CREATE ON SCHEMA sec FROM jh_access;
REVOKE EXECUTE ON FUNCTION sec.appointment_access(), sec.case_access(), sec.district_list() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.district_list() TO jh_app, jh_worker;

-- Audit: append-only, every event waits to be sealed --------------------------------------------------------------
CREATE FUNCTION sec.audit_enqueue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_pending (district_id, event_id) VALUES (NEW.district_id, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_events_enqueue AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION sec.audit_enqueue();
CREATE FUNCTION sec.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_events', 'audit_chain', 'audit_heads', 'case_decisions_log_guard'] LOOP
    CONTINUE WHEN t = 'case_decisions_log_guard';
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION sec.append_only()', t || '_append_only', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION sec.append_only()', t || '_no_truncate', t);
  END LOOP;
END $$;

-- Separation of duties on cases (SD-3, SD-4, SD-5), also under the action's own check -----------------------------
CREATE FUNCTION sec.case_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject uuid;
BEGIN
  IF NEW.part = 'note' OR NEW.role = 'system' THEN RETURN NEW; END IF;
  SELECT c.teacher_id INTO subject FROM rotation_cases c WHERE c.district_id = NEW.district_id AND c.id = NEW.case_id;
  IF NEW.part <> 'prepare' AND EXISTS (
    SELECT 1 FROM users u WHERE u.district_id = NEW.district_id AND u.teacher_id = subject
      AND u.person_id IN (NEW.person_id, NEW.on_behalf_of_person)) THEN
    RAISE EXCEPTION 'SD-3' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_not_own_case';
  END IF;
  IF NEW.part = 'approve' AND EXISTS (
    SELECT 1 FROM case_decisions d WHERE d.district_id = NEW.district_id AND d.case_id = NEW.case_id AND d.pass = NEW.pass
      AND d.part = 'approve' AND d.side <> NEW.side
      AND (d.person_id IN (NEW.person_id, NEW.on_behalf_of_person) OR d.on_behalf_of_person IN (NEW.person_id, NEW.on_behalf_of_person))) THEN
    RAISE EXCEPTION 'SD-4' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_two_ends';
  END IF;
  IF NEW.part <> 'prepare' AND EXISTS (
    SELECT 1 FROM recusals r WHERE r.district_id = NEW.district_id AND r.teacher_id = subject AND r.ended_at IS NULL
      AND r.user_id IN (NEW.user_id, NEW.on_behalf_of)) THEN
    RAISE EXCEPTION 'SD-5' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_recused';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_decisions_guard BEFORE INSERT ON case_decisions FOR EACH ROW EXECUTE FUNCTION sec.case_decision_guard();

-- SD-8: the handler of an objection neither prepared, checked nor decided the case.
CREATE FUNCTION sec.objection_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.handler_person IS NOT NULL AND EXISTS (
    SELECT 1 FROM case_decisions d WHERE d.district_id = NEW.district_id AND d.case_id = NEW.case_id
      AND d.part IN ('prepare', 'check', 'decide') AND NEW.handler_person IN (d.person_id, d.on_behalf_of_person)) THEN
    RAISE EXCEPTION 'SD-8' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'objections_handler_uninvolved';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER objections_guard BEFORE INSERT OR UPDATE OF handler_person ON objections FOR EACH ROW EXECUTE FUNCTION sec.objection_guard();

-- An order lists only cases that were decided and are past their notice.
CREATE FUNCTION sec.order_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'issued' AND NEW.kind IN ('transfer', 'posting') AND (TG_OP = 'INSERT' OR OLD.state <> 'issued') AND NOT EXISTS (
    SELECT 1 FROM rotation_cases c JOIN public_notices n ON n.district_id = c.district_id AND n.id = c.notice_id
    WHERE c.district_id = NEW.district_id AND c.id = NEW.case_id AND c.state IN ('ready', 'ordered')
      AND n.ends_on < (NEW.issued_at AT TIME ZONE (SELECT d.time_zone FROM districts d WHERE d.id = NEW.district_id))::date) THEN
    RAISE EXCEPTION 'order before notice end' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'orders_after_notice';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_guard BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION sec.order_guard();

-- A deciding role was held on that day.
CREATE FUNCTION sec.decider_held_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.role <> 'system' AND NEW.grant_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM role_grants g WHERE g.district_id = NEW.district_id AND g.id = NEW.grant_id AND g.role = NEW.role
      AND g.user_id IN (NEW.user_id, NEW.on_behalf_of)
      AND g.valid_from <= coalesce((select sec.today()), current_date) AND g.valid_to > coalesce((select sec.today()), current_date)) THEN
    RAISE EXCEPTION 'role not held' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_decisions_role_held';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_decisions_role BEFORE INSERT ON case_decisions FOR EACH ROW EXECUTE FUNCTION sec.decider_held_role();

-- A data migration works as jh_migrate (SET LOCAL ROLE), on later tables too.
ALTER DEFAULT PRIVILEGES FOR ROLE jh_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO jh_migrate;

-- Row-level security ----------------------------------------------------------------------------------------------
DO $$
DECLARE t text; k text;
BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    k := CASE WHEN t = 'districts' THEN 'id' ELSE 'district_id' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I AS RESTRICTIVE TO jh_app, jh_worker USING (%I = (SELECT sec.district())) WITH CHECK (%I = (SELECT sec.district()))', t, k, k);
    EXECUTE format('CREATE POLICY system_work ON %I TO jh_worker USING ((SELECT sec.role()) = ''system'') WITH CHECK ((SELECT sec.role()) = ''system'')', t);
    EXECUTE format('CREATE POLICY data_migration ON %I TO jh_migrate USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jh_migrate', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jh_worker', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO jh_app', t);
  END LOOP;
END $$;
REVOKE INSERT, UPDATE ON teacher_access FROM jh_app;
REVOKE INSERT, UPDATE, DELETE ON teacher_access FROM jh_worker;
REVOKE UPDATE, DELETE ON audit_events, audit_details FROM jh_app, jh_worker;
REVOKE UPDATE ON audit_pending FROM jh_app;
REVOKE INSERT, UPDATE ON audit_chain, audit_heads, job_runs FROM jh_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO jh_app, jh_worker;
-- Rows that may go again: drafts, selections, wishes while open, rows of a discarded import.
GRANT DELETE ON saved_views, wishes, import_rows, import_mappings, scenarios, vacancies, foreign_tables, notice_entries TO jh_app;

-- allow(table, commands, roles, predicate): one permissive policy per command. Roles '*' = any signed-in role.
CREATE FUNCTION pg_temp.allow(tbl text, shape text, cmds text, roles text, predicate text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  cmd text;
  who text := CASE roles WHEN '*' THEN '(SELECT sec.role()) IS NOT NULL AND (SELECT sec.role()) <> ''anonymous'''
                         WHEN 'anyone' THEN '(SELECT sec.role()) IS NOT NULL'
                         ELSE format('(SELECT sec.role()) = ANY (%L::text[])', '{' || roles || '}') END;
  test text := who || CASE WHEN predicate = 'true' THEN '' ELSE ' AND (' || predicate || ')' END;
BEGIN
  FOREACH cmd IN ARRAY string_to_array(cmds, ',') LOOP
    EXECUTE format('CREATE POLICY %I ON %I FOR %s TO jh_app, jh_worker %s', shape || '_' || lower(cmd), tbl, cmd,
      CASE cmd WHEN 'INSERT' THEN format('WITH CHECK (%s)', test)
               WHEN 'UPDATE' THEN format('USING (%s) WITH CHECK (%s)', test, test)
               ELSE format('USING (%s)', test) END);
  END LOOP;
END $$;

DO $$
DECLARE
  my_school CONSTANT text := 'school_id = ANY ((SELECT sec.schools())::uuid[])';
  own CONSTANT text := 'teacher_id = (SELECT sec.teacher_id())';
  me CONSTANT text := 'user_id = (SELECT sec.user_id())';
  my_people CONSTANT text := 'teacher_id IN (SELECT a.teacher_id FROM teacher_access a WHERE a.school_id = ANY ((SELECT sec.schools())::uuid[]) AND a.until > (SELECT sec.today()))';
  case_seen CONSTANT text := 'EXISTS (SELECT 1 FROM rotation_cases c WHERE c.district_id = %1$I.district_id AND c.id = %1$I.case_id)';
  t text;
BEGIN
  -- platform
  PERFORM pg_temp.allow('districts', 'everyone', 'SELECT', 'anyone', 'true');
  PERFORM pg_temp.allow('districts', 'admin', 'UPDATE', 'bureau_admin', 'true');
  PERFORM pg_temp.allow('users', 'consoles', 'SELECT', 'bureau_admin,bureau_security,bureau_auditor,bureau_hr,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('users', 'admin', 'INSERT,UPDATE', 'bureau_admin', 'true');
  PERFORM pg_temp.allow('users', 'self', 'SELECT,UPDATE', 'anyone', 'id = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('users', 'trying', 'SELECT', 'anonymous', 'login = (SELECT sec.login())');
  PERFORM pg_temp.allow('users', 'school', 'SELECT', 'principal,school_hr', 'id IN (SELECT g.user_id FROM role_grants g WHERE g.school_id = ANY ((SELECT sec.schools())::uuid[]))');
  PERFORM pg_temp.allow('credentials', 'admin', 'SELECT,INSERT,UPDATE', 'bureau_admin', 'true');
  PERFORM pg_temp.allow('credentials', 'self', 'SELECT,UPDATE', 'anyone', me);
  PERFORM pg_temp.allow('credentials', 'trying', 'SELECT', 'anonymous', 'login = (SELECT sec.login()) OR link_hash = (SELECT sec.link_hash())');
  PERFORM pg_temp.allow('role_grants', 'consoles', 'SELECT', 'bureau_admin,bureau_security,bureau_auditor,bureau_hr,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('role_grants', 'security', 'INSERT,UPDATE', 'bureau_security', 'true');
  PERFORM pg_temp.allow('role_grants', 'self', 'SELECT', 'anyone', me);
  PERFORM pg_temp.allow('role_grants', 'school', 'SELECT', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('sessions', 'consoles', 'SELECT,UPDATE', 'bureau_admin,bureau_security', 'true');
  PERFORM pg_temp.allow('sessions', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('sessions', 'self', 'SELECT,INSERT,UPDATE', 'anyone', me);
  PERFORM pg_temp.allow('sessions', 'token', 'SELECT', 'anonymous', 'token_hash = (SELECT sec.session_hash())');
  PERFORM pg_temp.allow('rate_limits', 'counters', 'SELECT,INSERT,UPDATE', 'anyone', 'true');
  PERFORM pg_temp.allow('data_keys', 'wrapped', 'SELECT', 'anyone', 'true');
  PERFORM pg_temp.allow('audit_events', 'append', 'INSERT', 'anyone', 'actor_user_id IS NOT DISTINCT FROM (SELECT sec.user_id())');
  PERFORM pg_temp.allow('audit_events', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('audit_events', 'business', 'SELECT', 'bureau_hr,bureau_reviewer', 'resource = ANY (''{case,notice,order,round,policy,import,exemption,roll}''::text[])');
  PERFORM pg_temp.allow('audit_events', 'mine', 'SELECT', '*', 'actor_user_id = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('audit_events', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('audit_details', 'append', 'INSERT', 'anyone', 'true');
  PERFORM pg_temp.allow('audit_details', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('audit_pending', 'append', 'INSERT', 'anyone', 'true');
  PERFORM pg_temp.allow('audit_pending', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('audit_chain', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('audit_heads', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('files', 'uploader', 'SELECT,INSERT,UPDATE', '*', 'uploaded_by = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('files', 'bureau', 'SELECT', 'bureau_hr,bureau_reviewer', 'owner_kind NOT IN (''exemption'', ''export'')');
  PERFORM pg_temp.allow('files', 'evidence', 'SELECT', 'bureau_hr,bureau_reviewer', 'owner_kind = ''exemption'' AND ''evidence'' = ANY ((SELECT sec.flags())::text[])');
  PERFORM pg_temp.allow('files', 'school', 'SELECT', 'principal,school_hr', my_school || ' AND owner_kind NOT IN (''exemption'', ''export'')');
  PERFORM pg_temp.allow('files', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('import_batches', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('import_batches', 'readers', 'SELECT', 'bureau_admin,bureau_auditor,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('import_batches', 'school', 'SELECT,INSERT,UPDATE', 'school_hr', my_school);
  PERFORM pg_temp.allow('import_rows', 'hr', 'SELECT,INSERT,UPDATE,DELETE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('import_rows', 'school', 'SELECT,INSERT,UPDATE,DELETE', 'school_hr', 'batch_id IN (SELECT b.id FROM import_batches b WHERE b.school_id = ANY ((SELECT sec.schools())::uuid[]))');
  PERFORM pg_temp.allow('field_changes', 'append', 'INSERT', '*', 'by_user = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('field_changes', 'bureau', 'SELECT', 'bureau_hr,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('field_changes', 'school', 'SELECT', 'principal,school_hr', my_people || ' AND NOT sensitive');
  PERFORM pg_temp.allow('field_changes', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('import_mappings', 'hr', 'SELECT,INSERT,UPDATE,DELETE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('import_mappings', 'school', 'SELECT', 'school_hr', 'true');
  PERFORM pg_temp.allow('jobs', 'asker', 'SELECT,INSERT,UPDATE', '*', me);
  PERFORM pg_temp.allow('jobs', 'admin', 'SELECT,UPDATE', 'bureau_admin', 'true');
  PERFORM pg_temp.allow('job_runs', 'admin', 'SELECT', 'bureau_admin,bureau_auditor', 'true');
  PERFORM pg_temp.allow('notifications', 'mine', 'SELECT,UPDATE', '*', me);
  PERFORM pg_temp.allow('notifications', 'send', 'INSERT', '*', 'true');
  PERFORM pg_temp.allow('saved_views', 'mine', 'SELECT,INSERT,UPDATE,DELETE', '*', me);
  PERFORM pg_temp.allow('idempotency_keys', 'mine', 'SELECT,INSERT', '*', me);
  PERFORM pg_temp.allow('approvals2', 'askers', 'SELECT', 'bureau_hr,bureau_reviewer,bureau_admin,bureau_security,bureau_auditor', 'true');
  PERFORM pg_temp.allow('approvals2', 'ask', 'INSERT', 'bureau_hr,bureau_reviewer,bureau_admin,bureau_security', 'asked_by = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('approvals2', 'answer', 'UPDATE', 'bureau_hr,bureau_reviewer,bureau_admin,bureau_security', 'true');
  PERFORM pg_temp.allow('reveals', 'log', 'INSERT', '*', 'by_user = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('reveals', 'mine', 'SELECT', '*', 'by_user = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('reveals', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('reveals', 'readers', 'SELECT', 'bureau_security,bureau_auditor,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('export_log', 'log', 'INSERT', '*', 'by_user = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('export_log', 'mine', 'SELECT', '*', 'by_user = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('export_log', 'readers', 'SELECT', 'bureau_security,bureau_auditor,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('working_days', 'everyone', 'SELECT', 'anyone', 'true');
  PERFORM pg_temp.allow('working_days', 'keepers', 'INSERT,UPDATE', 'bureau_admin,bureau_hr', 'true');

  -- register: schools
  FOREACH t IN ARRAY ARRAY['education_groups', 'group_memberships', 'schools', 'school_pairings', 'weak_school_listings'] LOOP
    PERFORM pg_temp.allow(t, 'readers', 'SELECT', 'bureau_admin,bureau_security,bureau_hr,bureau_reviewer,researcher,principal,school_hr,teacher', 'true');
    PERFORM pg_temp.allow(t, 'hr', 'INSERT,UPDATE', 'bureau_hr', 'true');
  END LOOP;
  PERFORM pg_temp.allow('schools', 'anyone', 'SELECT', 'anonymous', 'true');
  PERFORM pg_temp.allow('school_years', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('school_years', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('school_years', 'school', 'SELECT', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('school_years', 'school', 'UPDATE', 'school_hr', my_school || ' AND closed_at IS NULL');

  -- register: people
  PERFORM pg_temp.allow('teachers', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('teachers', 'readers', 'SELECT', 'bureau_reviewer,researcher', 'true');
  PERFORM pg_temp.allow('teachers', 'school', 'SELECT', 'principal,school_hr', replace(my_people, 'teacher_id IN', 'id IN'));
  PERFORM pg_temp.allow('teachers', 'school', 'UPDATE', 'school_hr', replace(my_people, 'teacher_id IN', 'id IN'));
  PERFORM pg_temp.allow('teachers', 'own', 'SELECT', 'teacher', 'id = (SELECT sec.teacher_id())');
  PERFORM pg_temp.allow('teacher_secrets', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('teacher_secrets', 'school', 'SELECT,UPDATE', 'school_hr', my_people);
  PERFORM pg_temp.allow('teacher_secrets', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('teacher_access', 'bureau', 'SELECT', 'bureau_hr,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('teacher_access', 'school', 'SELECT', 'principal,school_hr', my_school);
  FOREACH t IN ARRAY ARRAY['employments', 'appointments', 'leaves', 'annual_assessments', 'titles', 'post_grades', 'certificates', 'honours'] LOOP
    PERFORM pg_temp.allow(t, 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
    PERFORM pg_temp.allow(t, 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
    PERFORM pg_temp.allow(t, 'school', 'SELECT', 'principal,school_hr', my_people);
    PERFORM pg_temp.allow(t, 'own', 'SELECT', 'teacher', own);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['leaves', 'annual_assessments', 'titles', 'certificates', 'honours'] LOOP
    PERFORM pg_temp.allow(t, 'school', 'INSERT,UPDATE', 'school_hr', my_people);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['appointments', 'titles', 'honours'] LOOP
    PERFORM pg_temp.allow(t, 'researcher', 'SELECT', 'researcher', 'true');
  END LOOP;
  PERFORM pg_temp.allow('disciplinary_periods', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('disciplinary_periods', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('disciplinary_periods', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('principalships', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('principalships', 'readers', 'SELECT', 'bureau_reviewer,teacher', 'true');
  PERFORM pg_temp.allow('principalships', 'own', 'SELECT', 'principal', own || ' OR ' || my_school);
  PERFORM pg_temp.allow('principalships', 'school', 'SELECT', 'school_hr', my_school);
  PERFORM pg_temp.allow('correction_requests', 'hr', 'SELECT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('correction_requests', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('correction_requests', 'school', 'SELECT', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('correction_requests', 'school', 'UPDATE', 'school_hr', my_school);
  PERFORM pg_temp.allow('correction_requests', 'own', 'SELECT,INSERT,UPDATE', 'teacher', own);
  PERFORM pg_temp.allow('collections', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('collections', 'school', 'SELECT', 'principal,school_hr', 'true');
  PERFORM pg_temp.allow('collection_schools', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('collection_schools', 'school', 'SELECT,UPDATE', 'principal,school_hr', my_school);

  -- talent and reserve
  FOREACH t IN ARRAY ARRAY['studios', 'studio_memberships'] LOOP
    PERFORM pg_temp.allow(t, 'keepers', 'SELECT,INSERT,UPDATE', 'bureau_hr,researcher', 'true');
    PERFORM pg_temp.allow(t, 'readers', 'SELECT', 'bureau_reviewer,principal,school_hr,teacher', 'true');
  END LOOP;
  PERFORM pg_temp.allow('studios', 'reviewer', 'UPDATE', 'bureau_reviewer', 'true');
  FOREACH t IN ARRAY ARRAY['reserve_candidates', 'candidate_scores', 'candidate_events', 'reserve_placements'] LOOP
    PERFORM pg_temp.allow(t, 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
    PERFORM pg_temp.allow(t, 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  END LOOP;
  PERFORM pg_temp.allow('reserve_placements', 'school', 'SELECT', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('reserve_candidates', 'school', 'SELECT', 'principal,school_hr', 'id IN (SELECT p.candidate_id FROM reserve_placements p WHERE p.school_id = ANY ((SELECT sec.schools())::uuid[]))');

  -- rotation
  PERFORM pg_temp.allow('policies', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('policies', 'reviewer', 'SELECT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('policies', 'readers', 'SELECT', 'principal,school_hr,bureau_auditor', 'true');
  PERFORM pg_temp.allow('policies', 'published', 'SELECT', 'teacher', 'state IN (''active'', ''superseded'')');
  PERFORM pg_temp.allow('rotation_rounds', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('rotation_rounds', 'reviewer', 'SELECT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('rotation_rounds', 'readers', 'SELECT', 'principal,school_hr,bureau_auditor', 'true');
  PERFORM pg_temp.allow('rotation_rounds', 'published', 'SELECT', 'teacher', 'state <> ''preparing''');
  PERFORM pg_temp.allow('eligibility_rolls', 'hr', 'SELECT,INSERT', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('eligibility_rolls', 'readers', 'SELECT', 'bureau_reviewer,principal,school_hr,teacher', 'true');
  PERFORM pg_temp.allow('roll_entries', 'hr', 'SELECT,INSERT', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('roll_entries', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('roll_entries', 'school', 'SELECT', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('roll_entries', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('roll_changes', 'hr', 'SELECT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('roll_changes', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('exemptions', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('exemptions', 'reviewer', 'SELECT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('exemptions', 'school', 'SELECT,INSERT', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('exemptions', 'own', 'SELECT,INSERT,UPDATE', 'teacher', own);
  PERFORM pg_temp.allow('vacancies', 'hr', 'SELECT,INSERT,UPDATE,DELETE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('vacancies', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('vacancies', 'school', 'SELECT,INSERT,UPDATE,DELETE', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('vacancies', 'published', 'SELECT', 'teacher', 'state = ''published''');
  PERFORM pg_temp.allow('decision_batches', 'reviewer', 'SELECT,INSERT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('decision_batches', 'readers', 'SELECT', 'bureau_hr,bureau_auditor', 'true');
  PERFORM pg_temp.allow('rotation_cases', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('rotation_cases', 'reviewer', 'SELECT,INSERT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('rotation_cases', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('rotation_cases', 'origin', 'SELECT,INSERT,UPDATE', 'principal,school_hr', 'from_school_id = ANY ((SELECT sec.schools())::uuid[])');
  PERFORM pg_temp.allow('rotation_cases', 'destination', 'SELECT,UPDATE', 'principal,school_hr', 'to_school_id = ANY ((SELECT sec.schools())::uuid[]) AND state NOT IN (''draft'', ''submitted'')');
  PERFORM pg_temp.allow('rotation_cases', 'own', 'SELECT,INSERT,UPDATE', 'teacher', own);
  PERFORM pg_temp.allow('wishes', 'bureau', 'SELECT,INSERT,DELETE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('wishes', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('wishes', 'origin', 'SELECT', 'principal,school_hr', 'case_id IN (SELECT c.id FROM rotation_cases c WHERE c.from_school_id = ANY ((SELECT sec.schools())::uuid[]))');
  PERFORM pg_temp.allow('wishes', 'own', 'SELECT,INSERT,UPDATE,DELETE', 'teacher', 'case_id IN (SELECT c.id FROM rotation_cases c WHERE c.teacher_id = (SELECT sec.teacher_id()))');
  PERFORM pg_temp.allow('case_decisions', 'seen', 'SELECT', '*', format(case_seen, 'case_decisions'));
  PERFORM pg_temp.allow('case_decisions', 'step', 'INSERT', 'bureau_hr,bureau_reviewer,principal,school_hr,teacher', 'user_id = (SELECT sec.user_id()) AND ' || format(case_seen, 'case_decisions'));
  PERFORM pg_temp.allow('case_decisions', 'paper', 'UPDATE', 'bureau_hr,bureau_reviewer', 'paper_date IS NOT NULL AND user_id <> (SELECT sec.user_id())');
  PERFORM pg_temp.allow('delegations', 'mine', 'SELECT,INSERT,UPDATE', 'bureau_hr,bureau_reviewer,principal', 'from_user = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('delegations', 'to_me', 'SELECT', '*', 'to_user = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('delegations', 'readers', 'SELECT', 'bureau_security,bureau_auditor,bureau_hr', 'true');
  PERFORM pg_temp.allow('recusals', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('recusals', 'security', 'SELECT,UPDATE', 'bureau_security', 'true');
  PERFORM pg_temp.allow('recusals', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('recusals', 'mine', 'SELECT,INSERT', 'bureau_reviewer,principal,school_hr,teacher', 'declared_by = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('recusals', 'about_me', 'SELECT', 'bureau_reviewer,principal,school_hr,teacher', 'user_id = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('public_notices', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('public_notices', 'reviewer', 'SELECT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('public_notices', 'posted', 'SELECT', 'anyone', 'state IN (''published'', ''ended'')');
  PERFORM pg_temp.allow('notice_entries', 'hr', 'SELECT,INSERT,UPDATE,DELETE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('notice_entries', 'posted', 'SELECT', 'anyone', 'notice_id IN (SELECT n.id FROM public_notices n)');
  PERFORM pg_temp.allow('objections', 'bureau', 'SELECT,INSERT,UPDATE', 'bureau_hr,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('objections', 'objector', 'INSERT', 'teacher', 'entered_by = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('objections', 'objector', 'SELECT', 'teacher', 'entered_by = (SELECT sec.user_id())');
  PERFORM pg_temp.allow('objections', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('objection_parties', 'handler', 'SELECT,INSERT', 'bureau_hr', 'objection_id IN (SELECT o.id FROM objections o WHERE o.handler_id = (SELECT sec.user_id()) OR o.entered_by = (SELECT sec.user_id()))');
  PERFORM pg_temp.allow('objection_parties', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('objection_parties', 'objector', 'SELECT,INSERT', 'teacher', me);
  PERFORM pg_temp.allow('orders', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('orders', 'reviewer', 'SELECT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('orders', 'seen', 'SELECT', 'principal,school_hr,teacher', 'state <> ''prepared'' AND ' || format(case_seen, 'orders'));
  PERFORM pg_temp.allow('orders', 'auditor', 'SELECT', 'bureau_auditor', 'true');
  PERFORM pg_temp.allow('after_decisions', 'bureau', 'SELECT,INSERT', 'bureau_hr,bureau_reviewer', 'true');
  PERFORM pg_temp.allow('after_decisions', 'seen', 'SELECT', 'principal,school_hr,teacher', format(case_seen, 'after_decisions'));
  PERFORM pg_temp.allow('postings', 'hr', 'SELECT,INSERT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('postings', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('postings', 'school', 'SELECT', 'principal,school_hr', 'from_school_id = ANY ((SELECT sec.schools())::uuid[]) OR to_school_id = ANY ((SELECT sec.schools())::uuid[]) OR ' || my_people);
  PERFORM pg_temp.allow('postings', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('service_assessments', 'hr', 'SELECT,UPDATE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('service_assessments', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('service_assessments', 'destination', 'SELECT,INSERT,UPDATE', 'principal,school_hr', my_school);
  PERFORM pg_temp.allow('service_assessments', 'origin', 'SELECT', 'principal,school_hr', format(case_seen, 'service_assessments'));
  PERFORM pg_temp.allow('service_assessments', 'own', 'SELECT', 'teacher', own);
  PERFORM pg_temp.allow('year_closings', 'hr', 'SELECT,INSERT', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('year_closings', 'reviewer', 'SELECT', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('scenarios', 'hr', 'SELECT,INSERT,UPDATE,DELETE', 'bureau_hr', 'true');
  PERFORM pg_temp.allow('scenarios', 'reviewer', 'SELECT,UPDATE', 'bureau_reviewer', 'true');
  PERFORM pg_temp.allow('foreign_tables', 'hr', 'SELECT,INSERT,UPDATE,DELETE', 'bureau_hr', 'true');
END $$;
