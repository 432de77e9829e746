const { readStage } = require('./read-stage.cjs');

/** The stage that is being packaged. */
module.exports = async ({ resolveVariable }) => readStage(await resolveVariable('sls:stage'), process.env);
