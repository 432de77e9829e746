const OPEN_STAGES = ['dev', 'local', 'test'];

/** Whether a stage accepts guests, and loses its data with its stack. All other stages are for real users. */
exports.isOpen = (stage) => OPEN_STAGES.includes(stage);
