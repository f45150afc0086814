/** One sleeper that can be woken. A wake-up that comes while it is awake is kept for its next sleep. */
export class Wake {
  private isPending = false;
  private end: () => void = () => undefined;

  wake = (): void => {
    this.isPending = true;
    this.end();
  };

  async sleep(durationMs: number): Promise<void> {
    if (!this.isPending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, durationMs);
        this.end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.isPending = false;
  }
}
