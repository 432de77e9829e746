import { make } from '../page/dom.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const date = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const DAY_MS = 24 * 60 * 60_000;

export const timeOf = (at) =>
  make('time', { dateTime: new Date(at).toISOString(), title: exact.format(at) }, clock.format(at));

export const dayOf = (at) => new Date(at).toDateString();

export const dayName = (at) => {
  if (dayOf(at) === dayOf(Date.now())) return 'Today';
  return dayOf(at) === dayOf(Date.now() - DAY_MS) ? 'Yesterday' : date.format(at);
};
