const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parse } = require('yaml');
const { authMode } = require('./auth-mode.cjs');
const { isOpen } = require('./is-open.cjs');
const { checkStage } = require('../mysql/check-stage.cjs');
const { refusal } = require('./refusal.cjs');
const { stageSchema } = require('./stage-schema.cjs');

/** It is part of the names of the stack, and of its functions. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]*$/;
/** The name of a function has 64 characters at most; the longest is `…-…-count-connections`. */
const LONGEST_NAMES = 45;

/** Everything about a stage: its file, over the defaults. `shell` must not differ from it. */
exports.readStage = (name, shell) => {
  if (!NAME.test(name)) throw refusal(`The stage "${name}" is not named with letters, digits and hyphens`);
  const defaults = parse(readFileSync(join(__dirname, '../defaults.yml'), 'utf8'));
  const path = `deploy/stages/${name}.yml`;
  const file = readFile(path, Object.keys(defaults.settings));
  const settings = { ...defaults.settings, ...file.settings };
  settings.AUTH_MODE = authMode(name, settings.AUTH_MODE);
  // A forgotten name is noticed, unlike a forgotten setting: another stack would be deployed.
  const service = file.service ?? (shell.SERVICE || defaults.service);
  if (`${service}${name}`.length > LONGEST_NAMES)
    throw refusal(`"${service}" and "${name}" are too long: service and stage have ${LONGEST_NAMES} letters together`);
  refuseOtherValues({ ...settings, SERVICE: service }, shell, path);
  const stage = { ...defaults, ...file, name, path, service, settings, ...fateOfData(isOpen(name)) };
  checkStage(stage);
  return stage;
};

/** Whether tables and buckets stay when their stack is deleted. */
const fateOfData = (open) => ({
  keepsData: !open,
  deletionPolicy: open ? 'Delete' : 'RetainExceptOnCreate',
  replacePolicy: open ? 'Delete' : 'Retain',
});

const readFile = (path, settings) => {
  const absolute = join(__dirname, '../..', path);
  const text = existsSync(absolute) ? readFileSync(absolute, 'utf8') : '';
  const { data, error } = stageSchema(settings).safeParse(parsed(text, path) ?? {});
  if (!error) return data;
  throw refusal(error.issues.map((issue) => `${path}: ${describe(issue)}`).join('\n'));
};

const parsed = (text, path) => {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    const [line] = error.message.split('\n');
    throw refusal(`${path} is not YAML: ${line}`);
  }
};

const describe = ({ code, path, keys, message }) =>
  code === 'unrecognized_keys'
    ? `${[...path, keys[0]].join('.')} is not a setting of a stage`
    : `${path.join('.')} ${message}`;

/** The next deployment, from another shell, would forget a variable of this shell. */
const refuseOtherValues = (settings, shell, path) => {
  const others = Object.keys(settings).filter((name) => shell[name] && shell[name] !== settings[name]);
  if (others.length === 0) return;
  const lines = others.map(
    (name) => `${name} is "${shell[name]}" in this shell, but "${settings[name]}" for the stage.`,
  );
  throw refusal([...lines, `Write it to ${path}, or unset the variable.`].join('\n'));
};
