const PREFIX = 'viernes.upload:';

type FileIdentity = Pick<File, 'name' | 'size' | 'lastModified'>;

/** Returns the key of an upload. It identifies the file without reading it. */
export function uploadKey(titleId: string, file: FileIdentity): string {
  return `${PREFIX}${titleId}:${file.size}:${file.lastModified}:${file.name}`;
}

/** The IDs of uploads that were started in this browser, so that they can continue after a reload. */
export const storedUploads = {
  find: (titleId: string, file: FileIdentity): string | undefined =>
    localStorage.getItem(uploadKey(titleId, file)) ?? undefined,
  store: (titleId: string, file: FileIdentity, uploadId: string): void =>
    localStorage.setItem(uploadKey(titleId, file), uploadId),
  remove: (titleId: string, file: FileIdentity): void => localStorage.removeItem(uploadKey(titleId, file)),
};
