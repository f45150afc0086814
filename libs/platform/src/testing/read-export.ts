interface Page {
  readonly dataJson: string;
  readonly nextCursor: string;
}

export interface ReadExport {
  readonly data: Readonly<Record<string, unknown>>;
  readonly pageCount: number;
}

/**
 * Reads all pages of the export of an account. The rows of a list that is on several pages are joined.
 *
 * @param betweenPages called after each page but the last one
 */
export async function readExport(
  read: (cursor: string) => Promise<Page>,
  betweenPages: () => Promise<unknown> = () => Promise.resolve(),
): Promise<ReadExport> {
  const data: Record<string, unknown> = {};
  for (let [cursor, pageCount] = ['', 1]; ; pageCount += 1) {
    const { dataJson, nextCursor } = await read(cursor);
    for (const [name, value] of Object.entries(JSON.parse(dataJson) as Readonly<Record<string, unknown>>)) {
      const rows = data[name];
      data[name] = Array.isArray(rows) && Array.isArray(value) ? [...rows, ...value] : value;
    }
    if (nextCursor === '') return { data, pageCount };
    await betweenPages();
    cursor = nextCursor;
  }
}
