import type { Push } from '../../../protocol/pushes.js';
import { writeJson } from './write-json.js';

export const encode = (push: Push): string => writeJson(push);
