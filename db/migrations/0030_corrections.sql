-- Corrections carry a sensitive value sealed and a dated fact as proposed; a school's HR may propose, its head read phones.
ALTER TABLE correction_requests
  ADD COLUMN sealed bytea,
  ADD COLUMN proposal jsonb,
  ADD COLUMN school_agrees boolean;

CREATE POLICY school_insert ON correction_requests FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'school_hr' AND school_id = ANY ((SELECT sec.schools())::uuid[])
    AND requested_by = (SELECT sec.user_id()));

-- security.md §2.3: principals read the sensitive part of their own people, masked (the query selects the phone alone).
CREATE POLICY principal_select ON teacher_secrets FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'principal' AND teacher_id IN (SELECT a.teacher_id FROM teacher_access a
    WHERE a.school_id = ANY ((SELECT sec.schools())::uuid[]) AND a.until > (SELECT sec.today())));
