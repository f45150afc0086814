/** How often in a row each partition had to wait, so that it waits longer each time. */
export class Holds {
  private readonly counts = new Map<string, number>();

  /** @returns how often now: 1 for the first time */
  count(partition: string): number {
    const count = (this.counts.get(partition) ?? 0) + 1;
    this.counts.set(partition, count);
    return count;
  }

  end(partition: string): void {
    this.counts.delete(partition);
  }
}
