import type { Fetch } from '../options/client-options.js';

/** Whether anything answers at a socket's address: a browser tells no more, and of a socket not even that. */
export const isReachable = async (fetch: Fetch, url: string): Promise<boolean> => {
  try {
    await fetch(url.replace(/^ws/i, 'http'), { mode: 'no-cors', cache: 'no-store', credentials: 'omit' });
    return true;
  } catch {
    return false;
  }
};
