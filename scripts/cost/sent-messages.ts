import type { Events } from './events.js';

/** Everything that goes to the members of a room: services without history treat all of it alike. */
export const sentMessages = ({ publications, backEndPublications, signals, states }: Events): number =>
  publications + backEndPublications + signals + states;
