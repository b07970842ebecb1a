import type { Sql } from 'postgres'

/** SECURITY DEFINER functions there may be, each owned by the narrow jh_access. */
const DEFINERS = ['sec.appointment_access', 'sec.birth_days', 'sec.case_access', 'sec.district_list']
/** Tables outside the tenant scheme, on which the serving roles have no right at all. */
const APART = ['migrations.applied']

/** What is wrong with the catalogue by security.md §3.5 (SEC-RLS-1), one sentence each; empty when sound. */
export async function catalogueFaults(sql: Sql): Promise<string[]> {
  const tables = await sql<
    { name: string; schema: string; rls: boolean; forced: boolean; owner: string; oid: number }[]
  >`
    SELECT c.relname AS name, n.nspname AS schema, c.relrowsecurity AS rls, c.relforcerowsecurity AS forced,
      pg_get_userbyid(c.relowner) AS owner, c.oid::int AS oid
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_temp%'`
  const faults: string[] = []
  for (const table of tables) {
    const name = `${table.schema}.${table.name}`
    if (APART.includes(name)) {
      const [right] = await sql`SELECT has_table_privilege('jh_app', ${name}, 'SELECT, INSERT, UPDATE, DELETE') AS app,
        has_table_privilege('jh_worker', ${name}, 'INSERT, UPDATE, DELETE') AS worker`
      if (right?.app || right?.worker) faults.push(`${name}: the serving roles have a right`)
      continue
    }
    if (!table.rls || !table.forced) faults.push(`${name}: row-level security is not enabled and forced`)
    if (table.owner !== 'jh_owner') faults.push(`${name}: owned by ${table.owner}`)
    faults.push(...(await policyFaults(sql, table.schema, table.name)), ...(await keyFaults(sql, name)))
  }
  return [...faults, ...(await otherFaults(sql))]
}

async function policyFaults(sql: Sql, schema: string, table: string): Promise<string[]> {
  const policies = await sql<{ policyname: string; permissive: string; roles: string[]; text: string }[]>`
    SELECT policyname, permissive, roles::text[] AS roles, coalesce(qual, '') || ' ' || coalesce(with_check, '') AS text
    FROM pg_policies WHERE schemaname = ${schema} AND tablename = ${table}`
  const name = `${schema}.${table}`
  const faults: string[] = []
  const restrictive = policies.filter((policy) => policy.permissive === 'RESTRICTIVE')
  const tenant = restrictive.find((policy) => policy.policyname === 'tenant')
  if (restrictive.length !== 1 || !tenant) faults.push(`${name}: not exactly one restrictive policy 'tenant'`)
  else if (!(tenant.roles.includes('jh_app') && tenant.roles.includes('jh_worker')))
    faults.push(`${name}: tenant does not bind jh_app and jh_worker`)
  for (const policy of policies) {
    if (policy.roles.includes('public')) faults.push(`${name}.${policy.policyname}: granted to public`)
    if (/current_setting/.test(policy.text)) faults.push(`${name}.${policy.policyname}: reads a setting directly`)
    // A wrapped call reads "( SELECT sec.f() AS f)": any other is evaluated for every row.
    const calls = policy.text.match(/sec\.\w+\(/g)?.length ?? 0
    const wrapped = policy.text.match(/SELECT \(?sec\.\w+\(/g)?.length ?? 0
    if (calls !== wrapped) faults.push(`${name}.${policy.policyname}: a bare sec call`)
    if (
      policy.permissive === 'PERMISSIVE' &&
      policy.text.trim() === 'true true' &&
      !policy.roles.every((role) => ['jh_migrate', 'jh_access'].includes(role))
    )
      faults.push(`${name}.${policy.policyname}: open to ${policy.roles.join()}`)
  }
  return faults
}

async function keyFaults(sql: Sql, table: string): Promise<string[]> {
  const keys = await sql<{ name: string; first: string; kind: string; columns: number; references: string | null }[]>`
    SELECT con.conname AS name, con.contype AS kind, array_length(con.conkey, 1) AS columns, con.confrelid::regclass::text AS references,
      (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = con.conrelid AND a.attnum = con.conkey[1]) AS first
    FROM pg_constraint con WHERE con.conrelid = ${table}::regclass AND con.contype IN ('p', 'u', 'f', 'x')`
  const indexes = await sql<{ name: string; first: string }[]>`
    SELECT i.indexrelid::regclass::text AS name,
      (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0]) AS first
    FROM pg_index i WHERE i.indrelid = ${table}::regclass AND i.indisunique`
  const isDistricts = table === 'public.districts'
  return [...keys, ...indexes]
    .filter(({ first }) => !isDistricts && first !== 'district_id')
    .map(({ name }) => `${table}: ${name} does not begin with district_id`)
}

async function otherFaults(sql: Sql): Promise<string[]> {
  const views = await sql<{ name: string; kind: string; invoker: boolean }[]>`
    SELECT c.oid::regclass::text AS name, c.relkind AS kind, coalesce(c.reloptions::text LIKE '%security_invoker=true%', false) AS invoker
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`
  const definers = await sql<{ name: string; owner: string; open: boolean; path: boolean }[]>`
    SELECT n.nspname || '.' || p.proname AS name, pg_get_userbyid(p.proowner) AS owner,
      has_function_privilege('public', p.oid, 'EXECUTE') AS open, coalesce(p.proconfig::text LIKE '%search_path=%', false) AS path
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')`
  return [
    ...views.flatMap((view) =>
      view.kind === 'm'
        ? [`${view.name}: a materialised view`]
        : view.invoker
          ? []
          : [`${view.name}: not security_invoker`],
    ),
    ...definers.flatMap((definer) => {
      if (!DEFINERS.includes(definer.name)) return [`${definer.name}: an unlisted SECURITY DEFINER`]
      return [
        ...(definer.owner === 'jh_access' ? [] : [`${definer.name}: owned by ${definer.owner}`]),
        ...(definer.open ? [`${definer.name}: everybody may execute it`] : []),
        ...(definer.path ? [] : [`${definer.name}: search_path is not fixed`]),
      ]
    }),
  ]
}

/** What each serving role may do on each table: `SIUD`, columns of a partial UPDATE in brackets. */
export async function grantsOf(sql: Sql): Promise<Record<string, { app: string; worker: string }>> {
  const rows = await sql<{ name: string; app: string; worker: string }[]>`
    SELECT c.relname AS name,
      ${sql.unsafe(rightsText('jh_app'))} AS app, ${sql.unsafe(rightsText('jh_worker'))} AS worker
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname`
  return Object.fromEntries(rows.map(({ name, app, worker }) => [name, { app, worker }]))
}

const rightsText = (role: string) =>
  `(CASE WHEN has_table_privilege('${role}', c.oid, 'SELECT') THEN 'S' ELSE '' END
    || CASE WHEN has_table_privilege('${role}', c.oid, 'INSERT') THEN 'I' ELSE '' END
    || CASE WHEN has_table_privilege('${role}', c.oid, 'UPDATE') THEN 'U'
       ELSE coalesce('U(' || (SELECT string_agg(a.attname, ' ' ORDER BY a.attname) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege('${role}', c.oid, a.attnum, 'UPDATE')) || ')', '') END
    || CASE WHEN has_table_privilege('${role}', c.oid, 'DELETE') THEN 'D' ELSE '' END
    || CASE WHEN has_table_privilege('${role}', c.oid, 'TRUNCATE') THEN 'T' ELSE '' END
    || CASE WHEN has_table_privilege('${role}', c.oid, 'REFERENCES') THEN 'R' ELSE '' END)`
