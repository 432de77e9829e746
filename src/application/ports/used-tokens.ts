/** Which single-use tokens were used. Shared by every process that admits connections. */
export interface UsedTokens {
  /**
   * True exactly once for a token id, however many ask at once. It is remembered at least until `expiresAt`
   * (epoch milliseconds); after that it may be forgotten, so the caller refuses expired tokens first.
   */
  use(tokenId: string, expiresAt: number): Promise<boolean>;
}
