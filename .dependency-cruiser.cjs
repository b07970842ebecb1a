// The eight rules of the tree: app → lib/<area> → db → lib/rules, and never back.
// tests/architecture/structure.test.ts plants one violation of each and sees it caught.
const AREAS = 'register|standing|talent|rotation|reserve|equity|platform|planner'
const FRAMEWORK = '(^|/)node_modules/(next|next-auth|react|react-dom|server-only|@mantine)(/|$)'
const DATABASE = '(^|/)node_modules/(postgres|drizzle-orm|drizzle-kit)(/|$)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'rules-are-pure',
      comment: 'lib/rules knows the law and nothing else: it imports itself and zod.',
      severity: 'error',
      from: { path: '^lib/rules/' },
      to: { pathNot: ['^lib/rules/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'db-knows-only-rules',
      comment: 'The tables know vocabularies and id types, no area and no screen.',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: ['^lib/(?!rules/)', '^app/', FRAMEWORK] },
    },
    {
      name: 'lib-has-no-screen',
      comment: 'Server, command line and worker share lib: no next, no react, no app. use-intl/core has no react.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: ['^app/', FRAMEWORK, '(^|/)node_modules/use-intl/dist/.*react'] },
    },
    {
      name: 'app-never-touches-tables',
      comment: 'Pages and actions read by queries and write by commands.',
      severity: 'error',
      from: { path: ['^app/', '^proxy\\.ts$'], pathNot: '^app/_server/' },
      to: { path: ['^db/', DATABASE] },
    },
    {
      name: 'gate-opens-scope-only',
      comment: 'The request-facing frame opens the scoped transaction; it knows no table and no driver.',
      severity: 'error',
      from: { path: '^app/_server/' },
      to: { path: ['^db/(?!scope\\.ts)', DATABASE] },
    },
    {
      name: 'areas-share-reads-not-writes',
      comment: 'Work that spans areas is one command of the area that owns the decision.',
      severity: 'error',
      from: { path: `^lib/(${AREAS})/` },
      to: { path: `^lib/(${AREAS.replace('|platform', '')})/(commands|jobs|imports|documents)/`, pathNot: '^lib/$1/' },
    },
    {
      name: 'platform-knows-no-area',
      comment: 'Accounts, audit, files and import machinery serve every area.',
      severity: 'error',
      from: { path: '^lib/platform/' },
      to: { path: `^lib/(${AREAS.replace('|platform', '')})/` },
    },
    {
      name: 'checker-is-independent',
      comment: 'The checker shares no code with the model it checks, but the format and plain values.',
      severity: 'error',
      from: { path: '^lib/rules/planner/check' },
      to: { path: ['^lib/planner/', '^lib/rules/planner/(?!check|format|instance|result)'] },
    },
    {
      name: 'no-cycles',
      comment: 'What needs each other belongs in one file, or a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^\\.next/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
