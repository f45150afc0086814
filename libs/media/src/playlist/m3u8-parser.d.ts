// Types of the used functions of m3u8-parser. The package has none.
declare module 'm3u8-parser' {
  interface ParsedByteRange {
    readonly offset: number;
    readonly length: number;
  }

  interface ParsedSegment {
    readonly uri: string;
    readonly duration: number;
    readonly byterange?: ParsedByteRange;
    readonly map?: { readonly uri: string; readonly byterange?: ParsedByteRange };
  }

  export class Parser {
    readonly manifest: { readonly segments?: readonly ParsedSegment[]; readonly endList?: boolean };
    push(text: string): void;
    end(): void;
  }
}
