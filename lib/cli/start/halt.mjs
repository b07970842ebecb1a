/** Something a person can put right: said in one sentence in each language, without a stack. */
export class Halt extends Error {
  /**
   * @param {string} zh what is wrong and what to do
   * @param {string} en the same in English
   * @param {string} [detail] lines of a log or of SQL, shown as they are
   */
  constructor(zh, en, detail) {
    super(en)
    this.zh = zh
    this.en = en
    this.detail = detail
  }
}

/** The disk is full, whoever found out. */
export const diskFull = (folder, freeMegabytes) =>
  new Halt(
    `磁盘空间不足：${folder} 所在的磁盘只剩 ${freeMegabytes} MB。请清理磁盘，或用 JUNHENG_DATA=目录 换一个地方，然后重新启动。`,
    `The disk is full: ${freeMegabytes} MB left where ${folder} is. Free some space, or name another folder with JUNHENG_DATA=DIR, and start again.`,
  )

/** Print what stopped us; returns the exit code. */
export function printHalt(error, write = (text) => process.stderr.write(text)) {
  if (error?.code === 'ENOSPC') return printHalt(diskFull(error.path ?? '.', 0), write)
  if (!(error instanceof Halt)) {
    write(`\n✗ 意外错误 / unexpected error\n${error?.stack ?? error}\n`)
    return 1
  }
  write(`\n✗ ${error.zh}\n  ${error.en}\n`)
  if (error.detail) write(`\n${error.detail}\n`)
  return 1
}
