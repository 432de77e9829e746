// npm run asyncapi: writes docs/asyncapi.yaml from the schemas and from the conversations in docs/protocol.md.
import { writeFileSync } from 'node:fs';
import { CONTRACT, contract } from './asyncapi/contract.js';

writeFileSync(CONTRACT, contract());
