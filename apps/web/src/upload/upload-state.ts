import type { Asset, Upload } from '../api/types.js';

/** One upload, from the file chosen to the film that can be played. */
export type UploadState =
  | { readonly step: 'choosing' }
  | { readonly step: 'hashing'; readonly part: number }
  | { readonly step: 'sending' | 'paused'; readonly part: number; readonly upload?: Upload }
  | { readonly step: 'checking' }
  | { readonly step: 'preparing'; readonly asset: Asset }
  | { readonly step: 'failed'; readonly problem: unknown };

/** What the live region says: steps and whole tenths, not every percent. */
export function announcement(state: UploadState): string {
  switch (state.step) {
    case 'choosing':
      return '';
    case 'hashing':
      return 'Reading the file';
    case 'sending':
      return `Uploading, ${Math.floor(state.part * 10) * 10} percent`;
    case 'paused':
      return 'Upload paused';
    case 'checking':
      return 'Checking what arrived';
    case 'preparing':
      return `Film ${state.asset.state}`;
    case 'failed':
      return 'Upload failed';
  }
}
