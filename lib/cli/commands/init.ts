import { closePools, withScope } from '../../../db/scope.ts'
import { dayIn } from '../../platform/clock.ts'
import { createDistrict } from '../../platform/create-district.ts'
import { newId } from '../../platform/new-id.ts'
import type { DistrictId } from '../../rules/values/ids.ts'
import { type CommandIo, parseCommand, printJson, WrongUsage } from '../command.ts'
import { seedDemo } from '../seed.ts'
import { type DatabaseUrls, hasDistrict } from '../setup-database.ts'

export const usage = ['init --demo', 'init --empty --name NAME --code CODE [--document-prefix TEXT] [--exercise]']
export const needsDatabase = true

/** Prepare the database without serving: with the demo district, or with an empty one under its real name. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommand({
    args,
    options: {
      demo: { type: 'boolean', default: false },
      empty: { type: 'boolean', default: false },
      name: { type: 'string' },
      code: { type: 'string' },
      'document-prefix': { type: 'string' },
      exercise: { type: 'boolean', default: false },
    },
  })
  if (values.demo === values.empty) throw new WrongUsage('用 --demo 或 --empty 之一 · give --demo or --empty')
  if (values.exercise && values.demo) throw new WrongUsage('--exercise 与 --empty 同用 · --exercise goes with --empty')
  const urls = io.urls as DatabaseUrls
  if (values.empty && !(values.name && /^\d{6}$/.test(values.code ?? '')))
    throw new WrongUsage('--empty 需要 --name 区县名称 和 --code 六位区划代码 · needs --name and a six-digit --code')
  if (await hasDistrict(urls.appUrl)) {
    io.err('✗ 数据库里已有区县，未作改动。 There is a district already; nothing was changed.')
    return 1
  }
  if (values.demo) await seedDemo(urls)
  else await addDistrict(values.name ?? '', values.code ?? '', values['document-prefix'], values.exercise)
  if (io.json) printJson(io, { district: values.demo ? 'demo' : values.code })
  else if (values.demo) io.out('已载入演示数据 demo district loaded')
  else {
    const kind = values.exercise ? '（演练区 exercise）' : ''
    io.out(`已建立 ${values.name}${kind} · district made`)
    io.out('下一步：npm start，按屏幕上的地址和口令做初始设置 · next: npm start, then the set-up page it names')
  }
  return 0
}

/** An empty district under its real name: its people and schools come by import, its first account on the set-up page. */
async function addDistrict(
  name: string,
  code: string,
  documentPrefix = `${name.slice(0, 1)}教人调`,
  exercise: boolean,
) {
  const id = newId<DistrictId>()
  await withScope({ kind: 'system', districtId: id, job: 'init', today: dayIn('Asia/Shanghai') }, (tx) =>
    createDistrict(tx, { id, code, name, documentPrefix, demo: false, exercise }),
  )
  await closePools()
}
