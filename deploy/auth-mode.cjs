// Who may connect, decided while packaging: nobody opens the door of `prod` by forgetting a variable.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const production = /^prod(uction)?$/i.test(stage);
  const mode = process.env.AUTH_MODE || (production ? 'jwt' : 'guest');
  if (mode !== 'guest' && mode !== 'jwt') throw refusal(`AUTH_MODE is "${mode}", but must be guest or jwt.`);
  if (production && mode === 'guest')
    throw refusal(
      `Stage "${stage}" is not packaged with AUTH_MODE=guest: anybody could connect as anybody. ` +
        'Set AUTH_MODE=jwt, or choose another stage.',
    );
  return mode;
};

// The framework prints the stack where there is one, and the sentence drowns in it.
const refusal = (message) => Object.assign(new Error(message), { stack: undefined });
