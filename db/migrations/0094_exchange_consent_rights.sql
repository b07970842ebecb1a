-- An answer to an exchange is given once and stays: the second answer was refused by the command alone (security.md §3: enforced
-- twice). Nobody deletes one by hand; a deleted scenario takes its offers along through the foreign key, which looks past policies.
DROP POLICY own_update ON exchange_consents;
CREATE POLICY own_update ON exchange_consents FOR UPDATE TO jh_app, jh_worker
  USING ((SELECT sec.role()) = 'teacher' AND teacher_id = (SELECT sec.teacher_id()) AND agreed IS NULL)
  WITH CHECK ((SELECT sec.role()) = 'teacher' AND teacher_id = (SELECT sec.teacher_id()) AND agreed IS NOT NULL);
DROP POLICY hr_delete ON exchange_consents;
REVOKE DELETE ON exchange_consents FROM jh_app, jh_worker;
