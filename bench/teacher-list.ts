import { performance } from 'node:perf_hooks'
import postgres from 'postgres'
import { DEFAULT_BACKBONE_KINDS, DEFAULT_HONOUR_VALIDITY } from '../lib/rules/standing/backbone.ts'
import type { BenchDatabase } from './database.ts'
import { atMost, type Measured, median, percentile } from './measure.ts'
import { cookiesOf, visit } from './visit.ts'

/** One page of the list with its totals, as one statement by hand: no policies, no masks, no page around it. */
const BARE = `
WITH backbone AS (
  SELECT DISTINCT h.teacher_id FROM honours h
  WHERE h.district_id = $1 AND h.level <> 'school' AND h.kind = ANY ($3) AND h.awarded_month <= $2
    AND coalesce(h.valid_until, (h.awarded_month + make_interval(months => ($4::jsonb ->> h.kind)::int))::date, 'infinity') > $2
    AND (h.revoked_on IS NULL OR h.revoked_on > $2)
), found AS (
  SELECT t.id, t.version, t.name, t.staff_no, t.sex, t.birth_month, t.joined_work, r.school_id, r.stage, r.subject,
    s.name AS school, b.teacher_id IS NOT NULL AS is_backbone,
    count(*) OVER () AS total, count(b.teacher_id) OVER () AS backbone
  FROM teachers t
  JOIN appointments r ON r.district_id = t.district_id AND r.teacher_id = t.id AND r.kind = 'establishment'
    AND r.valid_from <= $2 AND r.valid_to > $2
  JOIN schools s ON s.district_id = r.district_id AND s.id = r.school_id
  LEFT JOIN backbone b ON b.teacher_id = t.id
  WHERE t.district_id = $1
  ORDER BY s.position, t.staff_no, t.id LIMIT 50
)
SELECT f.*, e.status, e.form, e.category, ti.titles, p.posts, h.honours
FROM found f
LEFT JOIN employments e ON e.district_id = $1 AND e.teacher_id = f.id AND e.valid_from <= $2 AND e.valid_to > $2
LEFT JOIN LATERAL (SELECT json_agg(json_build_array(x.kind, x.title)) AS titles FROM titles x
  WHERE x.district_id = $1 AND x.teacher_id = f.id AND x.valid_from <= $2 AND x.valid_to > $2) ti ON true
LEFT JOIN LATERAL (SELECT json_agg(json_build_array(a.kind, a.school_id, w.name, a.valid_from, a.valid_to)) AS posts
  FROM appointments a JOIN schools w ON w.district_id = a.district_id AND w.id = a.school_id
  WHERE a.district_id = $1 AND a.teacher_id = f.id) p ON true
LEFT JOIN LATERAL (SELECT json_agg(json_build_array(x.kind, x.level, x.awarded_month)) AS honours FROM honours x
  WHERE x.district_id = $1 AND x.teacher_id = f.id) h ON true`

/** The list as HR opens it, against the bare statement, and against the same list of a district ten times as large. */
export async function measureTeacherList(
  database: BenchDatabase,
  origin: string,
  { times, withTen }: { times: number; withTen: boolean },
): Promise<Measured[]> {
  const { one } = database
  const ten = withTen ? await database.ten() : null
  const sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  try {
    const cookie = await cookiesOf(origin, one.districtId, 'hr1')
    const tenCookie = ten && (await cookiesOf(origin, ten.districtId, 'hr1'))
    const bare = () =>
      sql.unsafe(BARE, [one.districtId, one.today, DEFAULT_BACKBONE_KINDS, JSON.stringify(DEFAULT_HONOUR_VALIDITY)], {
        prepare: true,
      })
    const open = async (by: string): Promise<number> => {
      const { ms, status, html } = await visit(origin, '/teachers', by)
      const rows = new Set(html.match(/\/teachers\/[0-9a-f-]{36}/g))
      if (status !== 200 || rows.size < 50) throw new Error(`teacher list: ${status}, ${rows.size} rows`)
      return ms
    }
    const shown = (await visit(origin, '/teachers', cookie)).html
    const missing = (await bare()).filter(({ id }) => !shown.includes(`/teachers/${id}`))
    if (missing.length > 0) throw new Error(`teacher list: ${missing.length} rows of the statement are not on the page`)
    for (let i = 0; i < 5; i++) await Promise.all([open(cookie), tenCookie && open(tenCookie), bare()])
    const taken = { bare: [] as number[], one: [] as number[], ten: [] as number[] }
    // In turn, so that what else the machine does falls on all alike.
    for (let i = 0; i < times; i++) {
      const start = performance.now()
      await bare()
      taken.bare.push(performance.now() - start)
      taken.one.push(await open(cookie))
      if (tenCookie) taken.ten.push(await open(tenCookie))
    }
    const p95 = percentile(taken.one, 0.95)
    const rows = [
      atMost(
        'teacher list request p95 ÷ bare SQL for the same rows',
        p95 / median(taken.bare),
        8,
        `6,230 people: p95 ${p95.toFixed(0)} ms (p50 ${median(taken.one).toFixed(0)}) ÷ ${median(taken.bare).toFixed(1)} ms`,
      ),
    ]
    if (ten)
      rows.push(
        atMost(
          'teacher list request, 62,300 ÷ 6,230 people',
          median(taken.ten) / median(taken.one),
          1.5,
          `p50 ${median(taken.ten).toFixed(0)} ÷ ${median(taken.one).toFixed(0)} ms`,
        ),
      )
    return rows
  } finally {
    await sql.end()
  }
}
