const { isOpen } = require('./is-open.cjs');
const { refusal } = require('./refusal.cjs');

/** Decides at packaging time who may connect, so that a forgotten setting cannot open a stage to guests. */
exports.authMode = (stage, chosen) => {
  const mode = chosen || (isOpen(stage) ? 'guest' : 'jwt');
  if (mode === 'guest' && /^prod(uction)?$/i.test(stage))
    throw refusal(
      `Stage "${stage}" is not packaged with AUTH_MODE=guest: anyone could connect under any name. ` +
        'Set AUTH_MODE=jwt, or choose another stage.',
    );
  return mode;
};
