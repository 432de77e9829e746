// Decides at packaging time who may connect, so that a forgotten variable cannot open `prod` to guests.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const production = /^prod(uction)?$/i.test(stage);
  const mode = process.env.AUTH_MODE || (production ? 'jwt' : 'guest');
  if (mode !== 'guest' && mode !== 'jwt') throw refusal(`AUTH_MODE is "${mode}", but must be guest or jwt.`);
  if (production && mode === 'guest')
    throw refusal(
      `Stage "${stage}" is not packaged with AUTH_MODE=guest: anyone could connect under any name. ` +
        'Set AUTH_MODE=jwt, or choose another stage.',
    );
  return mode;
};

// The framework prints a stack if there is one, and the message would drown in it.
const refusal = (message) => Object.assign(new Error(message), { stack: undefined });
