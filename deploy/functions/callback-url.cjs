const readStage = require('../settings/stage.cjs');

/** The base of `@connections`. Never taken from a request, which has another host and stage behind a custom domain. */
module.exports = async (framework) => {
  const { name, domain } = await readStage(framework);
  const emulator = await framework.resolveVariable('param:endpoint, ""');
  // The path that the emulators LocalStack and ministack share.
  if (emulator) return { 'Fn::Sub': `${emulator}/_aws/execute-api/\${WebsocketsApi}/${name}` };
  // If the execute-api endpoint is closed, only the domain works; its path is the mapping key, not the stage.
  if (domain?.only === 'on') return [`https://${domain.name}`, domain.path].filter(Boolean).join('/');
  return { 'Fn::Sub': `https://\${WebsocketsApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${name}` };
};
