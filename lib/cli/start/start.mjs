import { buildPages } from './build.mjs'
import { answers, startWeb, startWorker } from './children.mjs'
import { openDatabase } from './database.mjs'
import { listenAddress, productEnvironment } from './environment.mjs'
import { Halt, printHalt } from './halt.mjs'
import { endLeftOvers, hold, others } from './holders.mjs'
import { installPackages } from './install.mjs'
import { ensureDataFolder } from './places.mjs'
import { checkPort, wantedPort } from './ports.mjs'
import { prepareDatabase } from './prepare.mjs'
import { endRunning } from './run.mjs'
import { stepPrinter } from './steps.mjs'
import { printWelcome } from './welcome.mjs'

/**
 * Start all of it and stay until told to stop.
 * @returns the exit code, after web, worker and database have stopped in that order
 */
export async function start({ dev, insecureLan }) {
  const { step, note, total } = stepPrinter()
  const stopping = stopSignal()
  const undo = [] // what has to be stopped, last first
  try {
    const port = wantedPort()
    const host = listenAddress({ insecureLan })
    ensureDataFolder()
    const seeding = productEnvironment({ port }) // refuses bad secrets before anything is started
    const leftOver = await endLeftOvers()
    if (leftOver > 0) note(`结束了上次遗留的 ${leftOver} 个进程 · ended ${leftOver} left-over processes`)
    refuseSecondServer()
    await checkPort(port, host)
    const holder = hold('server')
    holder.note({ port })
    undo.push(async () => holder.release())

    await step('安装软件包 packages', installPackages)
    stopping.check()
    let database
    await step('数据库 database', async () => {
      database = await openDatabase(note)
      undo.push(async () => {
        holder.release() // first: whoever leaves last sees nobody else and stops the server
        await database.close()
      })
      return database.title
    })
    stopping.check()
    const urls = await prepareDatabase({ adminUrl: database.adminUrl, environment: seeding, step })
    stopping.check()
    const environment = productEnvironment({ port, urls, insecureLan })
    if (!dev) await step('构建页面 build', () => buildPages(environment))
    stopping.check()

    const children = []
    const add = (child) => {
      children.push(child)
      holder.note({ children: children.map(({ who }) => who) })
      return child
    }
    let web
    await step('启动服务 serve', async () => {
      const worker = add(startWorker({ environment }))
      undo.push(worker.stop)
      web = add(startWeb({ port, host, dev, environment }))
      undo.push(web.stop)
      await Promise.race([answers(web, port), stopping.asked])
    })
    stopping.check()
    total()
    printWelcome(environment.NEXTAUTH_URL)
    const ended = children.map((child) => child.ended.then(() => child))
    const first = await Promise.race([...ended, database.ended, stopping.asked])
    if (first !== STOP) throw first.failure()
    return 0
  } catch (error) {
    return stopping.wasAsked() ? 0 : printHalt(error)
  } finally {
    if (undo.length > 1) note('正在停止 stopping …')
    for (const stop of undo.reverse()) await stop()
    stopping.forget()
  }
}

const STOP = Symbol('asked to stop')

/** Ctrl-C arrives twice under npm (from the terminal and from npm): asking once or three times is the same. */
function stopSignal() {
  let asked = false
  let resolve
  const promise = new Promise((done) => {
    resolve = done
  })
  const onSignal = () => {
    asked = true
    endRunning() // an install or a build need not be waited for: without its stamp it is done again
    resolve(STOP)
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const name of names) process.on(name, onSignal)
  const watch = process.env.npm_lifecycle_event ? watchParent(onSignal) : undefined
  return {
    asked: promise,
    wasAsked: () => asked,
    check() {
      if (asked) throw STOP
    },
    forget() {
      for (const name of names) process.off(name, onSignal)
      clearInterval(watch)
    },
  }
}

/** npm hands a SIGTERM to the shell between us, which dies of it without a word: a new parent means the same. */
function watchParent(onGone) {
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) onGone()
  }, 500).unref()
}

function refuseSecondServer() {
  const server = others().find(({ kind }) => kind === 'server')
  if (!server) return
  throw new Halt(
    `本系统已在运行（pid ${server.pid}，端口 ${server.port}）。要再开一个，请用另一个数据目录和端口：JUNHENG_DATA=目录 PORT=端口 npm start`,
    `It is running already (pid ${server.pid}, port ${server.port}). For a second one use another data folder and port: JUNHENG_DATA=DIR PORT=N npm start`,
  )
}
