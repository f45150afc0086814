/** The last characters of a stream that may be endless. */
export class TextTail {
  private kept = '';

  constructor(private readonly maxCharacters: number) {}

  add(text: string): void {
    this.kept = (this.kept + text).slice(-this.maxCharacters);
  }

  get text(): string {
    return this.kept.trim();
  }
}
