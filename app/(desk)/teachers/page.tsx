import Link from 'next/link'
import { TeacherFilterForm } from '@/app/_domain/teacher-filter.tsx'
import { ToImport } from '@/app/_domain/to-import.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { ButtonLink, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import { listSavedViews } from '@/lib/platform/queries/saved-views.ts'
import { openCorrections } from '@/lib/register/queries/corrections.ts'
import { schoolOptions } from '@/lib/register/queries/schools.ts'
import { listTeachers } from '@/lib/register/queries/teacher-list.ts'
import { LIST_PAGE, listPreferences, selectedIds } from '@/lib/register/queries/teacher-preferences.ts'
import { type TeacherQuery, teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { teacherView } from '@/lib/register/queries/teacher-view.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { DropAnywhere } from '../imports/_parts/drop-anywhere.tsx'
import { dropLabels } from '../imports/_parts/drop-labels.ts'
import { teacherColumns } from './_parts/columns.tsx'
import { ListKeys } from './_parts/list-keys.tsx'
import { ColumnsDialog, ExportDialog, ViewsMenu } from './_parts/list-tools.tsx'
import { TeacherPanel } from './_parts/panel.tsx'
import { PageBox, RowBox, Selection } from './_parts/selection.tsx'

const PATH = '/teachers'
/** The address says only what differs from the usual. */
const said = ({ basis, sort, down, page, size, ...rest }: TeacherQuery) => ({
  ...rest,
  basis: basis === 'relation' ? undefined : basis,
  sort: sort === 'school' ? undefined : sort,
  down: down || undefined,
  page: page === 1 ? undefined : page,
  size: size === 50 ? undefined : size,
})

export default definePage('register.teacher.list', {
  query: teacherQuery,
  load: async (tx, { actor, query }) => {
    const preferences = await listPreferences(tx, actor)
    const [list, views, chosen, schools, corrections] = await Promise.all([
      listTeachers(tx, actor, query, preferences.columns),
      listSavedViews(tx, actor, LIST_PAGE),
      selectedIds(tx, actor),
      schoolOptions(tx, actor),
      mayUse(actor, 'register.correction.list') ? openCorrections(tx, actor) : null,
    ])
    const panel = query.panel ? await teacherView(tx, actor, query.panel, list.on) : null
    return { list, preferences, views, chosen, schools, corrections, panel }
  },
  view: ({ list, preferences, views, chosen, schools, corrections, panel }, { query, actor, t }) => {
    const at = said(query)
    const columns = preferences.columns.filter((field) => field !== 'roll' || list.rollOn !== null)
    const href = (change: Record<string, string | number | boolean | undefined>) =>
      addressOf(PATH, { ...at, panel: undefined, ...change })
    const ids = list.rows.map((row) => row.id)
    const here = chosen.filter((id) => ids.includes(id))
    const filter = href({ page: undefined, size: undefined }).slice(PATH.length + 1)
    const mayChoose = mayUse(actor, 'register.teacher.select')
    const mayExport = mayUse(actor, 'register.teacher.export')
    const found = (
      <>
        <DataTable
          label={t('teacher.list.title')}
          cards
          columns={[
            ...teacherColumns(t, columns, (row) =>
              href({ panel: row.id, page: query.page > 1 ? query.page : undefined }),
            ),
            {
              key: 'open',
              head: t('teacher.list.act'),
              kind: 'nowrap',
              fixed: 'last',
              cell: (row) => (
                <Link href={addressOf(`${PATH}/${row.id}`, { asOf: query.asOf }) as never}>
                  {t('teacher.list.open')}
                </Link>
              ),
            },
          ]}
          rows={list.rows}
          rowKey={(row) => row.id}
          current={query.panel}
          compact={preferences.compact}
          tall
          sorting={{
            by: query.sort,
            down: query.down,
            href: (sort, down) => href({ sort, down: down || undefined, page: undefined }),
          }}
          lead={
            mayChoose
              ? {
                  head: <PageBox ids={ids} label={t('teacher.list.choosePage')} />,
                  cell: (row) => <RowBox id={row.id} label={t('teacher.list.choose', { name: row.name })} />,
                }
              : undefined
          }
          empty={
            filter === '' && mayUse(actor, 'import.batch.upload') ? (
              <EmptyState
                title={t('teacher.list.noneYet')}
                text={t('teacher.list.noneYetHint')}
                next={<ToImport t={t} actor={actor} />}
              />
            ) : (
              <EmptyState
                title={t('teacher.list.none')}
                text={t(query.asOf ? 'teacher.list.noneAsOf' : 'teacher.list.noneHint')}
                next={<ButtonLink href={PATH}>{t('teacher.list.dropFilters')}</ButtonLink>}
              />
            )
          }
        />
        <TableFoot
          t={t}
          summary={t('teacher.list.total', { count: formatCount(list.total), backbone: formatCount(list.backbone) })}
          total={list.total}
          page={list.page}
          size={query.size}
          href={(change) => href({ page: query.page, ...change })}
        />
      </>
    )
    return (
      <Screen
        title={t('teacher.list.title')}
        tools={
          <>
            {mayUse(actor, 'import.batch.list') && <ButtonLink href="/imports">{t('import.page.title')}</ButtonLink>}
            {mayUse(actor, 'collection.task.list') && (
              <ButtonLink href="/collections">{t('collection.title')}</ButtonLink>
            )}
            {corrections !== null && (
              <ButtonLink href="/teachers/corrections">
                {t('teacher.tools.corrections', { count: corrections })}
              </ButtonLink>
            )}
            <ViewsMenu t={t} views={views} address={href({})} />
            <ColumnsDialog t={t} role={actor.role} preferences={preferences} />
            {mayExport && <ExportDialog t={t} filter={filter} label={t('teacher.export.all')} />}
            {mayUse(actor, 'register.teacher.create') && (
              <ButtonLink href="/teachers/new" kind="primary">
                {t('teacher.create.open')}
              </ButtonLink>
            )}
          </>
        }
        foot={[t('register.print.filledBy'), t('register.print.checkedBy'), list.on]}
      >
        {mayUse(actor, 'import.batch.upload') && <DropAnywhere labels={dropLabels(t)} />}
        <TeacherFilterForm t={t} role={actor.role} query={query} schools={schools} hasRoll={list.rollOn !== null} />
        <div className={panel ? 'with-panel' : undefined}>
          <div style={{ minWidth: 0 }}>
            {mayChoose ? (
              <Selection
                key={`${filter}|${list.page}|${query.size}`}
                onPage={here}
                elsewhere={chosen.length - here.length}
                total={list.total}
                filter={filter}
                labels={{
                  chosen: t('teacher.list.chosen'),
                  all: t('teacher.list.chooseAll', { count: formatCount(list.total) }),
                  clear: t('teacher.list.chooseNone'),
                }}
                tools={mayExport && <ExportDialog t={t} filter={filter} selection label={t('teacher.export.chosen')} />}
              >
                {found}
              </Selection>
            ) : (
              found
            )}
          </div>
          {panel && (
            <>
              <TeacherPanel
                t={t}
                role={actor.role}
                view={panel}
                closeHref={href({ page: query.page > 1 ? query.page : undefined })}
                pageHref={addressOf(`${PATH}/${panel.row.id}`, { asOf: query.asOf })}
              />
              <ListKeys
                ids={ids}
                current={panel.row.id}
                base={href({ page: query.page > 1 ? query.page : undefined }).slice(PATH.length + 1)}
                path={PATH}
              />
            </>
          )}
        </div>
      </Screen>
    )
  },
})
