import type { Push } from '../../protocol/pushes.js';

export const encode = (push: Push): string => JSON.stringify(push);
