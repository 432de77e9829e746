const OPEN_STAGES = ['dev', 'local', 'test'];

/** Whether a stage accepts guests, and loses its data with its stack. Every other stage is for people. */
exports.isOpen = (stage) => OPEN_STAGES.includes(stage);
