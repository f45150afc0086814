/** The progress of a replica, compared with a position of the primary. */
export interface ReplicaProgress {
  /** Size of the log between both positions. Negative if the replica has replayed more. */
  readonly missingBytes: number;
  /** The age of the latest commit that the replica has replayed. Null before the first one. */
  readonly latestCommitSeconds: number | null;
}

export interface Lag {
  readonly bytes: number;
  /** Upper limit of the age of the oldest commit that the replica has not replayed. */
  readonly seconds: number;
}

/**
 * Computes the lag of a replica. The age of its latest commit grows while the primary is idle, and the time since it
 * had the position of the primary grows under constant load. Both are upper limits, so the lower one is used.
 */
export class ReplicaLag {
  private equalAtMs = -Infinity;

  /** @param measuredAtMs when the position of the primary was read, from any monotonic clock */
  compute({ missingBytes, latestCommitSeconds }: ReplicaProgress, measuredAtMs: number): Lag {
    if (missingBytes <= 0) {
      this.equalAtMs = measuredAtMs;
      return { bytes: 0, seconds: 0 };
    }
    const sinceEqualSeconds = (measuredAtMs - this.equalAtMs) / 1_000;
    return { bytes: missingBytes, seconds: Math.min(sinceEqualSeconds, latestCommitSeconds ?? Infinity) };
  }
}
