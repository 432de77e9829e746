/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-only-domain',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { pathNot: '^src/domain' },
    },
    {
      name: 'application-points-inwards',
      severity: 'error',
      from: { path: '^src/application' },
      to: { pathNot: '^src/(domain|application)' },
    },
    {
      name: 'adapters-know-only-ports-and-domain',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)' },
      to: { path: '^src', pathNot: '^src/(domain|application/ports|adapters/$1)' },
    },
    {
      name: 'only-the-container-knows-the-adapters',
      severity: 'error',
      from: { path: '^src/entry', pathNot: '^src/entry/(container\\.ts|local/)' },
      to: { path: '^src/adapters' },
    },
    {
      name: 'only-the-container-imports-inversify',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/entry/(container|tokens)\\.ts$' },
      to: { path: '(inversify|reflect-metadata)' },
    },
    {
      name: 'lambda-knows-nothing-local',
      severity: 'error',
      from: { path: '^src/entry/lambda' },
      to: { path: '^src/entry/local' },
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
