import { z } from 'zod'
import { TeacherFilterForm } from '@/app/_domain/teacher-filter.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { PostForm } from '@/app/_ui/post-form.tsx'
import { Card, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import { schoolOptions } from '@/lib/register/queries/schools.ts'
import { newestRoll } from '@/lib/register/queries/teacher-conditions.ts'
import { allTeacherIds } from '@/lib/register/queries/teacher-list.ts'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { FOREIGN_COLUMNS } from '@/lib/rotation/documents/foreign-fields.ts'
import { listForeignTables } from '@/lib/rotation/queries/foreign-tables.ts'
import { roundsWithDecided } from '@/lib/rotation/queries/notices.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { mapForeignColumnAction } from './actions.ts'

const query = teacherQuery.extend({
  table: idSchema<string>().optional().catch(undefined),
  refused: z.string().max(80).optional().catch(undefined),
})

export default definePage('rotation.foreignTable.list', {
  query,
  load: async (tx, { actor, query: asked }) => ({
    tables: await listForeignTables(tx),
    rounds: await roundsWithDecided(tx),
    schools: await schoolOptions(tx),
    found: (await allTeacherIds(tx, actor, asked)).length,
    hasRoll: (await newestRoll(tx)) !== null,
  }),
  view: ({ tables, rounds, schools, found, hasRoll }, { t, actor, query: asked }) => {
    const { table: _table, refused: _refused, panel: _panel, page: _page, size: _size, ...filter } = asked
    const table = tables.find(({ id }) => id === asked.table) ?? tables[0]
    return (
      <Screen title={t('document.table.title')}>
        <RotationTabs t={t} actor={actor} current="tables" />
        {asked.refused && t.has(asked.refused) && (
          <div className="refused" role="alert">
            {t(asked.refused)}
          </div>
        )}
        <Card title={t('document.table.upload')}>
          <p className="muted">{t('document.table.about')}</p>
          <PostForm action="/rotation/tables/upload" failed={t('import.upload.failed')}>
            <div className="field">
              <label htmlFor="foreign-file">{t('document.table.file')}</label>
              <input id="foreign-file" name="file" type="file" accept=".xlsx" required />
            </div>
            <div className="actions">
              <button className="button primary" type="submit">
                {t('document.table.submit')}
              </button>
            </div>
          </PostForm>
        </Card>
        {!table && <EmptyState title={t('document.table.none')} text={t('document.table.noneText')} />}
        {table && (
          <>
            <Tabs
              label={t('document.table.title')}
              items={tables.map(({ id, name }) => ({
                text: name,
                href: addressOf('/rotation/tables', { table: id }),
                current: id === table.id,
              }))}
            />
            <Card title={t('document.table.fill', { sheet: table.sheet, row: table.headerRow })}>
              <div className="actions">
                {rounds.map((round) =>
                  round.standing > 0 ? (
                    <a key={round.id} className="button" href={`/rotation/tables/${table.id}/fill?round=${round.id}`}>
                      {t('document.table.download', { name: round.name, count: formatCount(round.standing) })}
                    </a>
                  ) : (
                    <span key={round.id} className="muted">
                      {t('document.table.noneDecided', { name: round.name })}
                    </span>
                  ),
                )}
                {rounds.length === 0 && <span className="muted">{t('document.table.noRound')}</span>}
              </div>
            </Card>
            <Card title={t('document.table.fromTeachers')}>
              <TeacherFilterForm
                t={t}
                role={actor.role}
                query={asked}
                schools={schools}
                hasRoll={hasRoll}
                path="/rotation/tables"
                keep={{ table: table.id }}
              />
              <div className="actions">
                {found > 0 && (
                  <a
                    className="button"
                    href={addressOf(`/rotation/tables/${table.id}/fill`, { ...filter, down: filter.down || undefined })}
                  >
                    {t('document.table.downloadTeachers', { count: formatCount(found) })}
                  </a>
                )}
                {found === 0 && <span className="muted">{t('document.table.nobody')}</span>}
              </div>
            </Card>
            <DataTable
              label={t('document.table.columns')}
              rows={Object.entries(table.headings)}
              rowKey={([letter]) => letter}
              empty={null}
              columns={[
                { key: 'letter', head: t('document.table.column'), cell: ([letter]) => letter },
                { key: 'heading', head: t('document.table.heading'), cell: ([, heading]) => heading },
                {
                  key: 'field',
                  head: t('document.table.field'),
                  cell: ([letter, heading]) => (
                    <ActionForm
                      action={mapForeignColumnAction}
                      hidden={{ tableId: table.id, letter }}
                      className="actions"
                    >
                      <SelectField
                        name="field"
                        label={heading}
                        blank={t('document.table.leave')}
                        defaultValue={table.mapping[letter] ?? ''}
                        options={FOREIGN_COLUMNS.map(({ key, title }) => ({
                          value: key,
                          text: key === 'from' || key === 'to' ? t(`document.table.school.${key}`) : title,
                        }))}
                      />
                      <SubmitButton kind="plain">{t('document.table.keep')}</SubmitButton>
                    </ActionForm>
                  ),
                },
              ]}
            />
          </>
        )}
      </Screen>
    )
  },
})
