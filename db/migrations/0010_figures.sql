-- What the figures need beside the register: since when a reported status is known, and the day of birth for the rules.

-- The day a person's status was reported (the workbook's statistics date); null: the first day of the row.
ALTER TABLE employments ADD COLUMN status_on date;

-- Days of birth for the rules (retirement, R-RET-2). A reviewer computes with them but reads no row of teacher_secrets
-- (f7: age only); everyone else gets what row security would give. Owned by the narrow role, which reads these two columns.
GRANT SELECT (district_id, teacher_id, birth) ON teacher_secrets TO jh_access;
CREATE POLICY access_keeper ON teacher_secrets FOR SELECT TO jh_access USING (true);
CREATE FUNCTION sec.birth_days() RETURNS TABLE (teacher_id uuid, birth date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$
    SELECT s.teacher_id, s.birth FROM teacher_secrets s
    WHERE s.district_id = (SELECT sec.district())
      AND ((SELECT sec.role()) IN ('system', 'bureau_hr', 'bureau_reviewer')
        OR (SELECT sec.role()) = 'teacher' AND s.teacher_id = (SELECT sec.teacher_id()))
  $$;
GRANT CREATE ON SCHEMA sec TO jh_access;
ALTER FUNCTION sec.birth_days() OWNER TO jh_access;
REVOKE CREATE ON SCHEMA sec FROM jh_access;
REVOKE EXECUTE ON FUNCTION sec.birth_days() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.birth_days() TO jh_app, jh_worker;
