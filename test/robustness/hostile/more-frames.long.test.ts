import { frameCases } from './frame-case.js';
import { hostileFramesSuite } from './hostile-frames.suite.js';

hostileFramesSuite(frameCases('more-frames.json'));
