import { createServer } from 'node:net'
import { Halt } from './halt.mjs'

const listen = (port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const taken = server.address().port
      server.close(() => resolve(taken))
    })
  })

/** `preferred` if it is free on loopback, else any free port: for Postgres, whose port nobody needs to know. */
export async function freePort(preferred = 0) {
  return listen(preferred, '127.0.0.1').catch(() => listen(0, '127.0.0.1'))
}

/** `PORT`, or 3000. */
export function wantedPort(environment = process.env) {
  const text = environment.PORT || '3000'
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65536) return port
  throw new Halt(`PORT=${text} 不是端口号（1–65535）。`, `PORT=${text} is not a port number (1–65535).`)
}

/** Refuse when somebody else serves on this port: an old server would go on showing an old build. */
export async function checkPort(port, host) {
  try {
    await listen(port, host)
  } catch (error) {
    if (error.code === 'EADDRINUSE')
      throw new Halt(
        `端口 ${port} 已被别的程序占用。请先停掉它，或换一个端口：PORT=${port + 1} npm start`,
        `Port ${port} is in use by another program. Stop that one, or take another port: PORT=${port + 1} npm start`,
      )
    if (error.code === 'EACCES')
      throw new Halt(
        `没有权限使用端口 ${port}。请用 1024 以上的端口：PORT=3000 npm start`,
        `Port ${port} may not be used by this user. Take one above 1024: PORT=3000 npm start`,
      )
    throw new Halt(
      `不能在 ${host}:${port} 上提供服务（${error.code}）。`,
      `Cannot serve on ${host}:${port} (${error.code}).`,
    )
  }
}
