/** Lets one task wait for a notification or a timeout. A notification without a waiting task ends the next wait. */
export class Notifier {
  private isNotified = false;
  private wakeUp: () => void = () => undefined;

  readonly notify = (): void => {
    this.isNotified = true;
    this.wakeUp();
  };

  async wait(timeoutMs: number): Promise<void> {
    if (!this.isNotified) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.isNotified = false;
  }
}
