import { ContainerModule } from 'inversify';
import type { Settings } from '../settings.js';
import { TOKENS } from './tokens.js';

/** The publish rate falls with the size of a room up to this many members; a larger count changes nothing. */
const LARGEST_COUNTED = 20_000;

/** Ten seconds of pushes at 500 a second, which is a piece's share of the usual quota. */
const PIECE_MEMBERS = 5_000;

/** Binds the limits of the use cases. */
export const limits = (
  settings: Settings,
  { pieceMembers = PIECE_MEMBERS }: { pieceMembers?: number | undefined } = {},
): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { FAN_OUT_INLINE_LIMIT: inline, RATE_LIMIT: rateLimit, OPENING_MS: openingMs } = settings;
    const enough = inline === 0 ? 0 : inline + 1;
    bind(TOKENS.inlineLimit).toConstantValue(inline);
    bind(TOKENS.countAtMost).toConstantValue(rateLimit === 'off' ? enough : LARGEST_COUNTED);
    bind(TOKENS.pieceMembers).toConstantValue(pieceMembers);
    bind(TOKENS.openingMs).toConstantValue(openingMs);
    bind(TOKENS.tokenSettings).toConstantValue({
      singleUse: settings.AUTH_SINGLE_USE,
      permissionsClaim: settings.AUTH_PERMISSIONS_CLAIM,
    });
  });
