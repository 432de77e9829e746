const Module = require('node:module');
const { join } = require('node:path');
const { build } = require('esbuild');

const lambda = (path) => join(__dirname, '../../src/entry/lambda', path);

/** Builds the functions' own application while packaging: an error that would stop them from starting stops the packager. */
module.exports = class SettingsCheck {
  constructor(serverless) {
    const check = () => checkFunctions(serverless.service);
    this.hooks = { 'before:package:initialize': check, 'before:deploy:function:initialize': check };
  }
};

const checkFunctions = async ({ provider, functions }) => {
  // The functions run on another Node than the packager.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const create =
    provider.environment.STORE === 'mysql'
      ? (await load(lambda('mysql/mysql-application.ts'))).createMySqlApplication
      : (await load(lambda('handlers/lambda-application.ts'))).createLambdaApplication;
  for (const { environment } of Object.values(functions)) {
    try {
      create(resolved({ ...provider.environment, ...environment }));
    } catch ({ message }) {
      // Otherwise the framework prints the stack, which hides the sentence.
      throw Object.assign(new Error(message), { stack: undefined });
    }
  }
};

const load = async (source) => {
  const options = { bundle: true, platform: 'node', format: 'cjs', write: false, logLevel: 'silent' };
  const { outputFiles } = await build({ ...options, entryPoints: [source] });
  const loaded = new Module(source);
  loaded._compile(outputFiles[0].text, source);
  return loaded.exports;
};

/** A plausible value in place of a reference that CloudFormation resolves. */
const resolved = (environment) =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      typeof value === 'object' ? PLACEHOLDERS[name] : String(value),
    ]),
  );

const PLACEHOLDERS = {
  CALLBACK_URL: 'https://api.execute-api.eu-west-1.amazonaws.com/dev',
  CONNECTIONS_TABLE: 'switchboard-dev-ConnectionsTable-1A2B3C',
  MESSAGES_TABLE: 'switchboard-dev-MessagesTable-1A2B3C',
  METRICS_NAMESPACE: 'Switchboard/switchboard-dev',
  PIECE_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/switchboard-dev-PieceQueue-1A2B3C.fifo',
  PIECE_FAILURES_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/switchboard-dev-PieceFailures-1A2B3C.fifo',
};
