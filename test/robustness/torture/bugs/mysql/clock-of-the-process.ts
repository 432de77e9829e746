import type { Bug } from '../bug.js';

/** The process's time is always believed: a clock that is a week ahead ends epochs. */
export const clockOfTheProcess: Bug = {
  schema: [
    'DROP PROCEDURE switchboard_now',
    'CREATE PROCEDURE switchboard_now (p_now BIGINT, OUT v_now BIGINT) SET v_now = p_now',
  ],
};
