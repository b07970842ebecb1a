import type { Sql } from 'postgres'

/**
 * Why this connection must not serve (SEC-DB-1): under a superuser, a role with BYPASSRLS, an owner of tables
 * or a member of the owning role every row-level policy is void.
 * @returns one English clause a fault; empty when the role is as poor as it should be
 */
export async function roleFaults(sql: Sql): Promise<string[]> {
  const [row] = await sql<{ super: boolean; bypass: boolean; owns: number; member: boolean; creates: boolean }[]>`
    SELECT r.rolsuper AS super, r.rolbypassrls AS bypass, r.rolcreaterole OR r.rolcreatedb AS creates,
      (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owns,
      EXISTS (SELECT FROM pg_roles o WHERE o.rolname IN ('jh_owner', 'jh_migrate', 'jh_access')
        AND o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')) AS member
    FROM pg_roles r WHERE r.rolname = current_user`
  if (!row) return ['is unknown to the server']
  return [
    row.super && 'is a superuser',
    row.bypass && 'has BYPASSRLS',
    row.creates && 'may create roles or databases',
    row.owns > 0 && `owns ${row.owns} tables or indexes`,
    row.member && 'is a member of jh_owner, jh_migrate or jh_access',
  ].filter((fault): fault is string => typeof fault === 'string')
}
