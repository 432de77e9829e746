/** An error without a stack, so that the framework prints only its sentence. */
exports.refusal = (message) => Object.assign(new Error(message), { stack: undefined });
