/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-only-domain',
      comment: 'Node and packages included: the domain is what is true on paper.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'application-points-inwards',
      comment: 'Node and packages included: what a use case needs from outside is a port.',
      severity: 'error',
      from: { path: '^src/application/' },
      to: { pathNot: '^src/(domain|application)/' },
    },
    {
      name: 'adapters-know-only-ports-and-domain',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)' },
      to: { path: '^src/', pathNot: '^src/(domain|application/ports|adapters/$1)/' },
    },
    {
      name: 'only-the-bindings-know-the-adapters',
      comment:
        'The local runtime also starts what stands in for AWS, and fan-out is handed the rows that an adapter wrote.',
      severity: 'error',
      from: { path: '^src/entry/', pathNot: '^src/entry/(bindings/|local/|lambda/fan-out\\.ts$)' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'only-the-container-imports-inversify',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/entry/(container\\.ts$|bindings/)' },
      to: { path: '(^|node_modules/)(@inversifyjs/|inversify|reflect-metadata)' },
    },
    {
      name: 'lambda-knows-nothing-local',
      severity: 'error',
      from: { path: '^src/entry/', pathNot: '^src/entry/local/' },
      to: { path: '^src/entry/local/' },
    },
    {
      name: 'only-the-local-runtime-uses-development-packages',
      comment: 'What is deployed must not need what production does not install.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/entry/local/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'What another package happens to install may be gone with its next version.',
      severity: 'error',
      from: { path: '^(src|gateway)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'source-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|demo|client|examples|deploy)/' },
    },
    {
      name: 'the-gateway-stands-alone',
      comment: 'It speaks API Gateway to any Lambda handlers: itself, Node and packages.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { pathNot: '(^gateway|(^|/)node_modules)/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'only-the-local-runtime-imports-the-gateway',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/entry/local/' },
      to: { path: '^gateway/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
