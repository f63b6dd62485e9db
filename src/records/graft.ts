import type { NetworkId } from '../experiment/experiment.ts';

/** What inserting layers into a trained base changed, before any further training. */
export interface GraftReport {
  /** Test images that were compared. */
  readonly images: number;
  /** Of the base, as a fraction. */
  readonly testErrorBefore: number;
  readonly networks: readonly GraftedNetwork[];
}

export interface GraftedNetwork {
  readonly network: NetworkId;
  /** The largest |Δlogit| between the base and the grafted network, over all images and classes; NaN if one is not a number. */
  readonly logitChange: number;
  readonly testErrorAfter: number;
}
