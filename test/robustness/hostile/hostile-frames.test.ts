import { frameCases } from './frame-case.js';
import { hostileFramesSuite } from './hostile-frames.suite.js';

/** Many more follow in `more-frames.long.test.ts`. */
hostileFramesSuite(frameCases('frames.json'));
