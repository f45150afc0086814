/** Uploads that were begun in this browser, so that they can go on after a reload. */
const PREFIX = 'viernes.upload:';

interface FileFacts {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
}

/** The same title and the same file, as far as a browser can tell without reading it. */
export function uploadKey(titleId: string, file: FileFacts): string {
  return `${PREFIX}${titleId}:${file.size}:${file.lastModified}:${file.name}`;
}

export const rememberedUploads = {
  find: (titleId: string, file: FileFacts): string | undefined =>
    localStorage.getItem(uploadKey(titleId, file)) ?? undefined,
  remember: (titleId: string, file: FileFacts, uploadId: string): void =>
    localStorage.setItem(uploadKey(titleId, file), uploadId),
  forget: (titleId: string, file: FileFacts): void => localStorage.removeItem(uploadKey(titleId, file)),
};
