import { publishRateFor } from '../../../src/domain/limits/publish-rate.js';

export interface Plan {
  readonly connections: number;
  readonly rooms: number;
  /** Publications a second, all rooms together. */
  readonly rate: number;
  readonly seconds: number;
  /** New connections a second. API Gateway admits 500 in a whole account. */
  readonly opening: number;
}

const MEMBERS = 10;

const round = (value: number): number => Math.round(value * 100) / 100;

/** The number of members of the largest room. */
export const membersOf = ({ connections, rooms }: Plan): number => Math.ceil(connections / rooms);

/**
 * @throws Error with the sum when the server would refuse so many publications
 */
export const planLoad = (wanted: Omit<Plan, 'rooms'> & { rooms?: number }): Plan => {
  const plan = { ...wanted, rooms: wanted.rooms ?? Math.max(1, Math.floor(wanted.connections / MEMBERS)) };
  for (const [name, value] of Object.entries(plan))
    if (!(value > 0 && Number.isFinite(value))) throw new Error(`--${name} must be a number above 0`);
  for (const name of ['connections', 'rooms'] as const)
    if (!Number.isInteger(plan[name])) throw new Error(`--${name} must be a whole number`);
  if (plan.rooms > plan.connections) throw new Error('--rooms must not be above --connections');
  const { perSecond } = publishRateFor(membersOf(plan));
  const most = perSecond * plan.rooms;
  if (plan.rate > most)
    throw new Error(
      `--rate ${plan.rate} is too high: a room of ${membersOf(plan)} members admits ${round(perSecond)} publications a second, ` +
        `times ${plan.rooms} rooms = ${round(most)} a second. Lower --rate or raise --rooms.`,
    );
  return plan;
};
