import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { config } from '../config.js';
import { eventually } from './eventually.js';

/** Waits for a mail to this recipient with a link to this page of the web app. @returns the link of the latest mail */
export async function readLink(to: string, page: string): Promise<string> {
  const links = await eventually(
    () => listLinks(to, page),
    ({ length }) => length > 0,
    { what: `a mail to ${to} with a link to ${page}` },
  );
  return links[0] ?? '';
}

/** Lists the links to this page in the mails to this recipient, latest mail first. */
async function listLinks(to: string, page: string): Promise<string[]> {
  const dir = config.mailDir;
  if (dir === undefined) throw new Error('VIERNES_MAIL_DIR is not set. Run npm test.');
  const files = (await readdir(dir)).filter((file) => file.endsWith('.eml'));
  const mails = await Promise.all(files.map(async (file) => PostalMime.parse(await readFile(join(dir, file)))));
  return mails
    .filter((mail) => mail.to?.some(({ address }) => address === to))
    .sort((one, other) => (other.date ?? '').localeCompare(one.date ?? ''))
    .flatMap(({ text }) => text?.match(/https?:\S+/g) ?? [])
    .filter((link) => new URL(link).pathname === page);
}
