import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { config } from '../config.js';
import { eventually } from './eventually.js';

/** Names of the files whose links were returned. */
const readFiles = new Set<string>();

interface UnreadLink {
  readonly file: string;
  readonly link: string;
}

/**
 * Waits for a mail to this recipient with a link to this page of the web app. Returns each mail once, so that a test that
 * reads each mail before it requests the next one receives the latest.
 *
 * @throws Error if there are several unread mails: the delivery writes the mails of a second concurrently, so neither
 *   their dates nor their files have an order
 */
export async function readLink(to: string, page: string): Promise<string> {
  const [unread, ...others] = await eventually(
    () => listUnread(to, page),
    ({ length }) => length > 0,
    { what: `an unread mail to ${to} with a link to ${page}` },
  );
  if (unread === undefined || others.length > 0)
    throw new Error(`Several unread mails to ${to} have a link to ${page}. Read each before you request the next one.`);
  readFiles.add(unread.file);
  return unread.link;
}

async function listUnread(to: string, page: string): Promise<UnreadLink[]> {
  const dir = config.mailDir;
  if (dir === undefined) throw new Error('VIERNES_MAIL_DIR is not set. Run npm test.');
  const files = (await readdir(dir)).filter((file) => file.endsWith('.eml') && !readFiles.has(file));
  const links = await Promise.all(
    files.map(async (file) => {
      const mail = await PostalMime.parse(await readFile(join(dir, file)));
      if (!mail.to?.some(({ address }) => address === to)) return [];
      const link = mail.text?.match(/https?:\S+/g)?.find((url) => new URL(url).pathname === page);
      return link === undefined ? [] : [{ file, link }];
    }),
  );
  return links.flat();
}
