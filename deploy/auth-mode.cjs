// Decides at packaging time who may connect, so that a forgotten variable cannot open a stage to guests.
const OPEN_STAGES = ['dev', 'local', 'test'];

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const mode = process.env.AUTH_MODE || (OPEN_STAGES.includes(stage) ? 'guest' : 'jwt');
  if (mode === 'guest' && /^prod(uction)?$/i.test(stage))
    throw refusal(
      `Stage "${stage}" is not packaged with AUTH_MODE=guest: anyone could connect under any name. ` +
        'Set AUTH_MODE=jwt, or choose another stage.',
    );
  return mode;
};

// The framework prints a stack if there is one, and the message would drown in it.
const refusal = (message) => Object.assign(new Error(message), { stack: undefined });
