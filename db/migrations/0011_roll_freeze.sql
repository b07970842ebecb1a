-- What a frozen roll keeps beside its outcome, and who may freeze one.

-- First day of the month in which service at the school began: the sentence of the reasons needs it.
ALTER TABLE roll_entries ADD COLUMN tenure_start date;

-- A reviewer's answer to a two-person request executes it: opening a round, 补充规定 in mid-round.
CREATE POLICY reviewer_insert ON eligibility_rolls FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_reviewer');
CREATE POLICY reviewer_insert ON roll_entries FOR INSERT TO jh_app, jh_worker
  WITH CHECK ((SELECT sec.role()) = 'bureau_reviewer');
