import type { ServiceIdentifier } from 'inversify';
import type { TokenSettings } from '../../application/access/token-acceptance.js';
import type { PushOptions } from '../../application/delivery/plain-pusher.js';
import type { AccessPolicy } from '../../application/ports/access-policy.js';
import type { ClientNotifier } from '../../application/ports/client-notifier.js';
import type { Clock } from '../../application/ports/clock.js';
import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Handover } from '../../application/ports/handover.js';
import type { MemberStates } from '../../application/ports/member-states.js';
import type { PieceQueue } from '../../application/ports/piece-queue.js';
import type { PublicationLog } from '../../application/ports/publication-log.js';
import type { Random } from '../../application/ports/random.js';
import type { RateLimiter } from '../../application/ports/rate-limiter.js';
import type { RoomRepository } from '../../application/ports/room-repository.js';
import type { TokenVerifier } from '../../application/ports/token-verifier.js';
import type { UsedTokens } from '../../application/ports/used-tokens.js';

/** Typed, so that the compiler checks the wiring. */
export const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(name);

/** A class is its own token; an interface has no value at run time, so each port has one here. */
export const TOKENS = {
  clients: token<ClientNotifier>('ClientNotifier'),
  clock: token<Clock>('Clock'),
  connections: token<ConnectionRepository>('ConnectionRepository'),
  handover: token<Handover>('Handover'),
  log: token<PublicationLog>('PublicationLog'),
  memberStates: token<MemberStates>('MemberStates'),
  pieces: token<PieceQueue>('PieceQueue'),
  random: token<Random>('Random'),
  rooms: token<RoomRepository>('RoomRepository'),
  tokens: token<TokenVerifier>('TokenVerifier'),
  usedTokens: token<UsedTokens>('UsedTokens'),
  limiter: token<RateLimiter>('RateLimiter'),
  policy: token<AccessPolicy>('AccessPolicy'),
  tokenSettings: token<TokenSettings>('TokenSettings'),
  openingMs: token<number>('OPENING_MS'),
  /** How far use cases need rooms to be counted. */
  countAtMost: token<number>('COUNT_AT_MOST'),
  inlineLimit: token<number>('FAN_OUT_INLINE_LIMIT'),
  /** Members of one piece. */
  pieceMembers: token<number>('PIECE_MEMBERS'),
  pushOptions: token<PushOptions>('PushOptions'),
};
