import type { ByteSource } from '@viernes/title-csv';
import { t } from 'i18next';

/** Reads a file as a stream, because catalogs can be larger than the memory of a tab. */
export function toByteSource(file: File): ByteSource {
  return {
    async *read(startByte, signal) {
      // Not `for await` on the stream, which Safari does not support.
      const reader = file.slice(startByte).stream().getReader();
      try {
        for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
          signal?.throwIfAborted();
          yield chunk.value;
        }
      } finally {
        await reader.cancel();
      }
    },
  };
}

/** @throws FileError if the file is empty, or is not UTF-8 text */
export async function requireUtf8(source: ByteSource, signal: AbortSignal): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isEmpty = true;
  try {
    for await (const chunk of source.read(0, signal)) {
      isEmpty = false;
      if (decoder.decode(chunk, { stream: true }).includes('\0')) throw new TypeError('NUL');
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new FileError(t('editor.import.fileErrors.notUtf8'));
    throw error;
  }
  if (isEmpty) throw new FileError(t('editor.import.fileErrors.empty'));
}

/** A file that cannot be imported. The message is for the user. */
export class FileError extends Error {}
