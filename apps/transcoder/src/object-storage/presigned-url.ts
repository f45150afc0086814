/** A presigned URL of one job. It can expire before the job is finished. */
export class PresignedUrl {
  /** @param requestNew returns a new URL for the same object and method */
  constructor(
    private url: string,
    private readonly requestNew: () => Promise<string>,
  ) {}

  get current(): string {
    return this.url;
  }

  async renew(): Promise<void> {
    this.url = await this.requestNew();
  }
}
