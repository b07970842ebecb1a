import { Halt } from './halt.mjs'
import { dataFolder } from './places.mjs'
import { applicationSecrets } from './secrets.mjs'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/**
 * The address to listen on: loopback, unless `HOST` says otherwise. Then TLS must stand in front
 * (`PUBLIC_ORIGIN=https://…`), or the person says `--insecure-lan` and gets a red bar (security.md §4.2).
 */
export function listenAddress({ insecureLan }, environment = process.env) {
  const host = environment.HOST || '127.0.0.1'
  const tls = environment.PUBLIC_ORIGIN?.startsWith('https://')
  if (LOOPBACK.has(host) || tls) return host
  if (insecureLan && environment.PUBLIC_ORIGIN) return host
  if (insecureLan)
    throw new Halt(
      '使用 --insecure-lan 时，请用 PUBLIC_ORIGIN 写明大家打开的地址，如 PUBLIC_ORIGIN=http://192.168.1.20:3000（写操作只接受来自该地址的页面）。',
      'With --insecure-lan name the address people open, such as PUBLIC_ORIGIN=http://192.168.1.20:3000 (writes are accepted from its pages only).',
    )
  throw new Halt(
    `HOST=${host} 会让本系统在网络上以不加密的 http 提供服务。请在前面加 https 代理并设置 PUBLIC_ORIGIN=https://…，或明知风险时加 --insecure-lan（页面会显示红条）。`,
    `HOST=${host} would serve over plain http on the network. Put https in front and set PUBLIC_ORIGIN=https://…, or, knowing the risk, add --insecure-lan (pages then show a red bar).`,
  )
}

/** What every process of the product is given. The administrator's database address is not among it. */
export function productEnvironment({ port, urls, insecureLan = false }) {
  const { DATABASE_URL: _admin, AUTH_TRUST_HOST: _never, PUBLIC_ORIGIN: origin, ...inherited } = process.env
  return {
    ...inherited,
    ...applicationSecrets(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    JUNHENG_DATA: dataFolder(),
    ...(urls ? { JUNHENG_APP_URL: urls.appUrl, JUNHENG_WORKER_URL: urls.workerUrl } : {}),
    ...(insecureLan ? { JUNHENG_INSECURE_LAN: '1' } : {}),
    PORT: String(port),
    // on loopback it stays unset: localhost, 127.0.0.1 and [::1] are then all the same page
    ...(origin ? { PUBLIC_ORIGIN: origin } : {}),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || origin || `http://localhost:${port}`,
  }
}
