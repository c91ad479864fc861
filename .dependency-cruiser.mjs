/** Imports point inward only: entry points -> adapters -> ports -> rules. See docs/architecture.md. */
export const forbidden = [
  {
    name: 'core-imports-only-zod',
    comment: 'core runs in any JavaScript runtime: no Node built-ins, no other package.',
    from: { path: '^packages/core/src/' },
    to: { pathNot: ['^packages/core/src/', '(^|/)node_modules/zod/'] },
  },
  {
    name: 'core-points-inward',
    comment:
      'Rules and ports know nothing of the use cases that drive them, nor of who embeds them, nor of the stand-ins for tests.',
    from: { path: '^packages/core/src/(intake|policy|ports|rules|staging)/' },
    to: { path: '^packages/core/src/(embedding|use-cases|testing)/' },
  },
  {
    name: 'warehouse-sql-imports-only-core',
    comment: 'SQL is made by pure functions.',
    from: { path: '^packages/warehouse-sql/src/' },
    to: { pathNot: ['^packages/warehouse-sql/src/', '^packages/core/src/'] },
  },
  {
    name: 'pages-know-only-core',
    comment: 'Pages are made from what they are given: no database, no file, no Node.',
    from: { path: '^packages/pages/src/' },
    to: { pathNot: ['^packages/pages/src/', '^packages/core/src/', '(^|/)node_modules/(echarts|hono)/'] },
  },
  {
    name: 'adapters-import-only-inner-packages',
    comment: 'An adapter knows the inner packages and third parties, never another adapter or an entry point.',
    from: { path: '^packages/(adapters-[^/]+)/src/' },
    to: { path: '^packages/', pathNot: '^packages/($1|core|warehouse-sql)/' },
  },
  {
    name: 'adapter-tests-import-only-inner-packages',
    comment: 'As the adapters themselves, the contracts of the ports, the simulator, and servers for tests.',
    from: { path: '^packages/(adapters-[^/]+)/test/' },
    to: {
      path: '^packages/',
      pathNot: '^packages/($1|core|warehouse-sql|port-contracts|aws-simulator|adapters-local/src/testing)/',
    },
  },
  {
    name: 'inversify-only-in-composition',
    comment: 'Only the place that wires a program knows the container.',
    from: { path: '^packages/', pathNot: '/composition/' },
    to: { path: '(^|/)node_modules/(inversify|@inversifyjs|reflect-metadata)/' },
  },
  {
    name: 'datagen-is-independent-of-core',
    comment: 'The answer key must not be made by the rules that it examines.',
    from: { path: '^packages/datagen/' },
    to: { path: '^packages/core/' },
  },
  {
    name: 'testing-only-from-tests',
    comment: 'Stand-ins and test servers never ship.',
    from: {
      path: '^packages/',
      pathNot: ['^packages/[^/]+/test/', '/src/testing/', '^packages/(port-contracts|trials)/'],
    },
    to: { path: '/src/testing/' },
  },
  {
    name: 'nobody-imports-an-entry-point',
    comment: 'A program is started, not imported; a trial drives the parts of it.',
    from: { path: '^packages/([^/]+)/', pathNot: '^packages/trials/' },
    to: { path: '^packages/(cli|lambdas|glue-job|trials)/', pathNot: '^packages/$1/' },
  },
  {
    name: 'simulator-only-from-tests',
    comment: 'A simulator never ships.',
    from: { path: '^packages/', pathNot: ['^packages/[^/]+/test/', '/src/testing/', '^packages/aws-simulator/'] },
    to: { path: '^packages/aws-simulator/' },
  },
  {
    name: 'simulator-knows-no-rules',
    comment: 'What stands in for AWS must not be made by what it examines.',
    from: { path: '^packages/aws-simulator/src/' },
    to: { path: '^packages/', pathNot: '^packages/(aws-simulator|warehouse-sql)/' },
  },
  { name: 'no-circles', comment: 'Types count too.', from: { path: '^packages/' }, to: { circular: true } },
  {
    name: 'no-unresolved',
    comment: 'What cannot be resolved cannot be checked.',
    from: { path: '^packages/' },
    to: { couldNotResolve: true },
  },
];

export const options = {
  // TypeScript 7 has no API for dependency-cruiser's own parser: without this it sees no module and finds no fault.
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: ['(^|/)node_modules/.*node_modules/\\.bin/', '/dist/'] },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
    extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
  },
};
