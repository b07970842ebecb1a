-- What the road from an empty district to its first round needs.
-- An exercise district 演练区: a bureau's own data under its own name, to rehearse a whole year before the real one. Like a
-- demo it may live on another day than the real one, and every page and paper says so; like a demo it never becomes real.
ALTER TABLE districts ADD COLUMN exercise boolean NOT NULL DEFAULT false;
ALTER TABLE districts ADD CONSTRAINT districts_one_nature CHECK (NOT (demo AND exercise));

DROP TRIGGER districts_identity_fixed ON districts;
CREATE TRIGGER districts_identity_fixed BEFORE UPDATE ON districts FOR EACH ROW
  WHEN (OLD.demo IS DISTINCT FROM NEW.demo OR OLD.exercise IS DISTINCT FROM NEW.exercise
    OR OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION sec.identity_fixed();

-- The list for the sign-in page says it too.
DROP FUNCTION sec.district_list();
CREATE FUNCTION sec.district_list()
  RETURNS TABLE (id uuid, code text, name text, demo boolean, exercise boolean, time_zone text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT d.id, d.code, d.name, d.demo, d.exercise, d.time_zone FROM districts d ORDER BY d.code $$;
GRANT CREATE ON SCHEMA sec TO jh_access;
ALTER FUNCTION sec.district_list() OWNER TO jh_access;
REVOKE CREATE ON SCHEMA sec FROM jh_access;
REVOKE EXECUTE ON FUNCTION sec.district_list() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.district_list() TO jh_app, jh_worker;

-- A principal proposes who does the school's personnel work, among the accounts listed under the school: those of teachers
-- carry no school in their grant, so the policy of 0001 showed none of them.
CREATE POLICY listed_select ON users FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'principal' AND school_id = ANY ((SELECT sec.schools())::uuid[]));

-- The day of an exercise is moved by who moves a demo's.
DROP POLICY demo_clock_update ON districts;
CREATE POLICY clock_update ON districts FOR UPDATE TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'bureau_hr' AND (demo OR exercise)) WITH CHECK (demo OR exercise);
