import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildStamp, sourcesDigest } from '../start/build.mjs'
import { freeMegabytes } from '../start/places.mjs'
import { type Finding, finding } from './finding.ts'

const PRIVATE = /(secret|key|password|connection|role-passwords|accounts)/

/** Node, disk, the modes of the data folder, the build. */
export function machineFindings(dataFolder: string): Finding[] {
  return [
    finding('node', 'good', `Node.js ${process.versions.node}`, `Node.js ${process.versions.node}`),
    disk(dataFolder),
    folderMode(dataFolder),
    ...readdirSync(dataFolder)
      .filter((name) => PRIVATE.test(name))
      .flatMap((name) => fileMode(join(dataFolder, name))),
    build(),
  ]
}

function disk(folder: string): Finding {
  const free = freeMegabytes(folder)
  const state = free < 300 ? 'wrong' : free < 2000 ? 'warning' : 'good'
  return finding('disk', state, `剩余 ${free} MB`, `${free} MB free at ${folder}`)
}

function folderMode(folder: string): Finding {
  const mode = statSync(folder).mode & 0o777
  // 0711 where root starts the product: Postgres's own user passes through, and cannot list
  if ((mode & 0o066) === 0) return finding('data-folder', 'good', '数据目录不对外开放', 'closed to other users')
  return finding(
    'data-folder',
    'warning',
    `数据目录 ${folder} 对本机其他用户开放（${mode.toString(8)}），请执行 chmod go-rw ${folder}`,
    `open to other users (${mode.toString(8)}): chmod go-rw ${folder}`,
  )
}

function fileMode(file: string): Finding[] {
  const mode = statSync(file).mode & 0o777
  if ((mode & 0o077) === 0) return []
  return [
    finding(
      'secret-file',
      'wrong',
      `${file} 可被其他用户读取，请执行 chmod 600 ${file}`,
      `readable by others: chmod 600 ${file}`,
    ),
  ]
}

function build(): Finding {
  if (!existsSync(buildStamp))
    return finding('build', 'warning', '页面尚未构建，npm start 会构建', 'not built yet: npm start builds')
  if (readFileSync(buildStamp, 'utf8') === sourcesDigest())
    return finding('build', 'good', '页面构建是最新的', 'up to date')
  return finding('build', 'warning', '源码在构建之后有改动，重新启动即可', 'older than the sources: restart')
}
