/**
 * Returns the part of a service in the export of an account as JSON. Lists with more rows than `maxRows` are cut, and named
 * in `truncatedLists`: a part of the data must not look like all of it.
 *
 * @param data lists, newest rows first, read with at least one row more than `maxRows`
 */
export function toExportJson(data: Readonly<Record<string, unknown>>, maxRows: number): string {
  const truncatedLists: string[] = [];
  const cut = Object.entries(data).map(([name, value]) => {
    if (!Array.isArray(value) || value.length <= maxRows) return [name, value];
    truncatedLists.push(name);
    return [name, value.slice(0, maxRows)];
  });
  return JSON.stringify({ ...Object.fromEntries(cut), truncatedLists });
}
