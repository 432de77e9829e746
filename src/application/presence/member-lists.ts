import type { Members } from '../../../protocol/actions.js';
import type { Room } from '../../../protocol/names.js';
import type { FrameTime } from '../../domain/frame-time.js';
import { memberPage, shownStates } from '../../domain/member-page.js';
import { isStamped, type Roster } from '../../domain/roster.js';
import type { MemberStates } from '../ports/member-states.js';
import type { Rosters } from './rosters.js';

/** The members of a room, as replies show them. States are read only if a member has one and the whole roster was read. */
export class MemberLists {
  constructor(
    private readonly rosters: Rosters,
    private readonly states: MemberStates,
  ) {}

  async page(room: Room, roster: Roster, time: FrameTime | undefined, from?: string): Promise<Members> {
    const signal = time?.signal;
    // A complete roster contains every page.
    const isBeyond = from !== undefined && roster.truncated;
    const part = isBeyond ? await this.rosters.read(room, { from, signal }) : roster;
    const hasStates = !roster.truncated && roster.memberships.some(isStamped);
    const states = hasStates ? await this.states.read(room, signal) : new Map();
    return { room, ...memberPage(part, shownStates(roster.memberships, states), from) };
  }
}
