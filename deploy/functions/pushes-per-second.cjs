/** A fifth of the account's requests stays free for frames and for all other pushes. */
exports.pushesPerSecond = (requestQuota) => String(Math.floor(requestQuota * 0.8));
