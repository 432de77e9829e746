import type { Settings } from '../settings.js';

/** Where a deployment's metrics belong; CloudWatch finds them in the log. */
export interface MetricsPlace {
  namespace: string;
  stage: string;
}

export const metricsPlace = ({ METRICS_NAMESPACE, STAGE }: Settings): MetricsPlace | undefined =>
  METRICS_NAMESPACE === undefined ? undefined : { namespace: METRICS_NAMESPACE, stage: STAGE };
