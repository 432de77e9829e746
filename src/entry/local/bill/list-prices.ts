/**
 * AWS's prices in US dollars, without free tiers and taxes. `docs/costs.md` names the source of each; change the date with
 * a price.
 */
export const LIST_PRICES = {
  region: 'us-east-1',
  date: '2026-11-21',
  /** Of 32 KB, in either direction: up to `first` a month, and beyond. */
  message: { first: 1_000_000_000, price: 1 / 1e6, beyond: 0.8 / 1e6 },
  connectionMinute: 0.25 / 1e6,
  invocation: 0.2 / 1e6,
  /** On arm64. */
  gigabyteSecond: 0.0000133334,
  /** On demand. */
  readUnit: 0.125 / 1e6,
  writeUnit: 0.625 / 1e6,
  logGigabyte: 0.5,
  /** Prices of other services, only for comparison. */
  appSync: { operation: 1 / 1e6, connectionMinute: 0.08 / 1e6 },
  /** Application Load Balancer. */
  loadBalancer: { hour: 0.0225, unitHour: 0.008 },
  /** Fargate, Linux on x86. */
  container: { vcpuHour: 0.04048, gigabyteHour: 0.004445 },
} as const;
