/** A fifth of the account's requests is left to frames, and to the pushes that pieces do not make. */
exports.pushesPerSecond = (requestQuota) => String(Math.floor(requestQuota * 0.8));
