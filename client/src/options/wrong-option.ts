import { SwitchboardError } from '../switchboard-error.js';

/** A caller passed something that makes no sense. */
export const wrongOption = (name: string): SwitchboardError =>
  new SwitchboardError('invalid_option', `Wrong option \`${name}\``);
