import Link from 'next/link'
import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { SchoolTies } from '@/lib/register/queries/school-list.ts'

const SchoolLink = ({ school }: { school: { id: string; name: string } }) => (
  <Link href={`/schools/${school.id}` as never}>{school.name}</Link>
)

/** Groups, branches and interactive-classroom pairs. */
export function Ties({ t, ties }: { t: Translate; ties: SchoolTies }) {
  const none = <EmptyState title={t('school.ties.none')} />
  return (
    <>
      <Card title={t('school.ties.groups', { count: ties.groups.length })}>
        <DataTable
          label={t('school.ties.groups', { count: ties.groups.length })}
          cards
          columns={[
            { key: 'name', head: t('school.ties.group'), kind: 'nowrap', cell: (row) => row.name },
            {
              key: 'members',
              head: t('school.ties.members'),
              cell: (row) => (
                <span style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 12px' }}>
                  {row.members.map((member) => (
                    <span key={member.id}>
                      <SchoolLink school={member} />
                      {member.isCore && <span className="muted small"> {t('school.ties.core')}</span>}
                    </span>
                  ))}
                </span>
              ),
            },
          ]}
          rows={ties.groups}
          rowKey={(row) => row.id}
          empty={none}
        />
      </Card>
      <Card title={t('school.ties.branches', { count: ties.branches.length })}>
        <DataTable
          label={t('school.ties.branches', { count: ties.branches.length })}
          cards
          columns={[
            { key: 'branch', head: t('school.ties.branch'), cell: (row) => <SchoolLink school={row} /> },
            { key: 'of', head: t('school.ties.of'), cell: (row) => <SchoolLink school={row.of} /> },
          ]}
          rows={ties.branches}
          rowKey={(row) => row.id}
          empty={none}
        />
      </Card>
      <Card title={t('school.ties.pairs', { count: ties.pairs.length })}>
        <DataTable
          label={t('school.ties.pairs', { count: ties.pairs.length })}
          cards
          columns={[
            { key: 'a', head: t('school.ties.pairA'), cell: (row) => <SchoolLink school={row.a} /> },
            { key: 'b', head: t('school.ties.pairB'), cell: (row) => <SchoolLink school={row.b} /> },
            { key: 'classes', head: t('school.ties.classes'), kind: 'num', cell: (row) => row.classes },
          ]}
          rows={ties.pairs}
          rowKey={(row) => row.id}
          empty={none}
        />
      </Card>
    </>
  )
}
