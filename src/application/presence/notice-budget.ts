/** The number of pushes that the notices of one frame may cause together. A notice that has begun is finished. */
export class NoticeBudget {
  constructor(private left: number) {}

  /** Whether a notice to this many connections still fits. */
  take(pushes: number): boolean {
    if (this.left <= 0) return false;
    this.left -= pushes;
    return true;
  }
}
