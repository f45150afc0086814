/** A page of the data of a service. If a list does not end on the page, the next page starts with the rest of it. */
export interface ExportPage {
  readonly dataJson: string;
  /** Empty on the last page. */
  readonly nextCursor: string;
}

export type ReadPage = (cursor: string) => Promise<ExportPage>;

/** The fields of each page: lists of rows, and single values. */
type Pages = AsyncGenerator<Readonly<Record<string, unknown>>>;

/** Reads the first page before it returns, so that an unavailable service fails before the response begins. */
export async function openPages(read: ReadPage): Promise<Pages> {
  return readPages(await read(''), read);
}

async function* readPages(first: ExportPage, read: ReadPage): Pages {
  let page = first;
  for (;;) {
    yield JSON.parse(page.dataJson) as Readonly<Record<string, unknown>>;
    if (page.nextCursor === '') return;
    page = await read(page.nextCursor);
  }
}

/**
 * Writes the data of several services as one JSON object, with at most one page of each service in memory.
 *
 * @param services the pages by the name of the field that contains them
 */
export async function* writeDocument(
  exportedAt: string,
  services: Readonly<Record<string, Pages>>,
): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(exportedAt)}`;
  for (const [name, pages] of Object.entries(services)) {
    yield `,${JSON.stringify(name)}:{`;
    yield* writeFields(pages);
    yield '}';
  }
  yield '}';
}

async function* writeFields(pages: Pages): AsyncGenerator<string> {
  let fieldSeparator = '';
  let rowSeparator = '';
  let openList: string | undefined;
  for await (const page of pages) {
    for (const [name, value] of Object.entries(page)) {
      if (name !== openList) {
        if (openList !== undefined) yield ']';
        yield `${fieldSeparator}${JSON.stringify(name)}:${Array.isArray(value) ? '[' : JSON.stringify(value)}`;
        openList = Array.isArray(value) ? name : undefined;
        fieldSeparator = ',';
        rowSeparator = '';
      }
      if (!Array.isArray(value) || value.length === 0) continue;
      yield rowSeparator + JSON.stringify(value).slice(1, -1);
      rowSeparator = ',';
    }
  }
  if (openList !== undefined) yield ']';
}
