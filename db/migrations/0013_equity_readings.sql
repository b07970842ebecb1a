-- The seven indicators as last read, for those who see their own school and the district's line only: a school's role
-- reads no other school's people, so it cannot compute the district's figures (security.md §2.3, aggregates).
CREATE TABLE equity_readings (
  district_id uuid NOT NULL,
  id uuid NOT NULL,
  on_day date NOT NULL,
  basis text NOT NULL,
  stage text NOT NULL,
  indicator integer NOT NULL,
  school_id uuid,
  pupils integer NOT NULL,
  amount double precision,
  value double precision,
  coefficient integer,
  passes boolean,
  rank integer,
  units integer NOT NULL,
  computed_at timestamptz NOT NULL,
  CONSTRAINT equity_readings_district_id_id_pk PRIMARY KEY (district_id, id),
  CONSTRAINT equity_readings_of_school FOREIGN KEY (district_id, school_id) REFERENCES schools (district_id, id),
  CONSTRAINT equity_readings_basis_known CHECK (basis IN ('relation', 'workplace')),
  CONSTRAINT equity_readings_stage_known CHECK (stage IN ('P', 'J')),
  CONSTRAINT equity_readings_indicator_known CHECK (indicator BETWEEN 1 AND 7)
);
CREATE INDEX equity_readings_by_school ON equity_readings (district_id, school_id);
ALTER TABLE equity_readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE equity_readings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON equity_readings AS RESTRICTIVE TO jh_app, jh_worker
  USING (district_id = (SELECT sec.district())) WITH CHECK (district_id = (SELECT sec.district()));
CREATE POLICY system_work ON equity_readings TO jh_worker
  USING ((SELECT sec.role()) = 'system') WITH CHECK ((SELECT sec.role()) = 'system');
CREATE POLICY data_migration ON equity_readings TO jh_migrate USING (true) WITH CHECK (true);
CREATE POLICY bureau_select ON equity_readings FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{bureau_hr,bureau_reviewer}'::text[]));
CREATE POLICY school_select ON equity_readings FOR SELECT TO jh_app, jh_worker
  USING ((SELECT sec.role()) = ANY ('{principal,school_hr}'::text[])
    AND (school_id IS NULL OR school_id = ANY ((SELECT sec.schools())::uuid[])));
GRANT SELECT, INSERT, UPDATE, DELETE ON equity_readings TO jh_worker;
GRANT SELECT ON equity_readings TO jh_app;
